// Long work that is answered with 202 and looked at until it is done (http-api.md, "Habits").
//
// Each step is an event in the instance's book, so an operation outlives the process: what was
// pending or running when it ended is failed, "interrupted", at the next start (an import is one
// commit, so nothing of it is half there); proposals stay proposed.
// Threads: any.
#pragma once

#include "api/operations/deadlines.h"
#include "api/schema.h"
#include "api/service.h"
#include "engine/adapters/guarded.h"

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace daybook::api {

struct Operation {
    Uuid id;
    std::string kind; // "import", "copy", "backup"
    OperationState state = OperationState::pending;
    std::optional<CompanyId> company;
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    std::string unit;
    Timestamp started_at;
    Json request;
    Json result;
    Json error;
};

class Operations {
  public:
    // Reads line 0 and notes interruptions.
    static Result<std::unique_ptr<Operations>> open(Service& service);

    // Notes a new operation with the caller's idempotency key; calls back with what is recorded
    // now: the new one, the one the key made before (second: true), or the refusal.
    using Begun = std::function<void(std::expected<std::pair<Operation, bool>, domain::Refusal>)>;
    void begin(Operation operation, const command::Submission& asked, Begun begun);
    // Notes the next state; `then` is called once it is recorded.
    void move(Operation operation, std::function<void(const Operation&)> then);
    // Until it ends, cancel() calls `stop`, which only asks: what ends first, the work or the
    // request, says the state that is noted.
    void let_cancel(const Uuid& id, std::function<void()> stop);
    bool cancel(const Uuid& id); // False: it has ended, or is of a kind that cannot stop half-way.

    // How far it is; seen by who asks, noted nowhere. Of a preview there is none.
    void progress(const Uuid& id, std::uint64_t done);
    // Calls `late` that long from now, at the next beat: expire() is called once a second.
    void answer_after(std::chrono::seconds wait, Deadlines::Late late);
    void expire();

    std::optional<Operation> find(const Uuid& id) const;
    std::vector<Operation> all() const; // Newest first.

  private:
    explicit Operations(Service& service) : service_(service) {}
    Result<void> read();
    void put(const Operation& operation);

    Service& service_;
    mutable Guarded<std::map<Uuid, Operation>> operations_;
    Guarded<std::map<Uuid, std::function<void()>>> stops_;
    Deadlines deadlines_;
};

// {id, kind, state, progress:{done,total,unit}, started_at, company_id, result, error}
Json show_operation(const Operation& operation);
Schema operation_schema();

} // namespace daybook::api
