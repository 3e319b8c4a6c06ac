#include "engine/domain/import_list.h"

#include "engine/domain/claims.h"
#include "engine/domain/client.h"
#include "engine/domain/product.h"
#include "engine/domain/prospective_books.h"
#include "events/codec/limits.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace daybook::domain {
namespace {

// The books with what earlier rows said laid over them, unique codes included.
class RowBooks final : public Books {
  public:
    explicit RowBooks(const Books& below) : below_(below), over_(below) {}

    Result<void> apply(const NewEvent& event) {
        const State* before = over_.find(event.thing);
        move_claims(event.thing, before ? *before : State{}, false);
        TRY(over_.apply(event));
        const State* after = over_.find(event.thing);
        move_claims(event.thing, after ? *after : State{}, true);
        return {};
    }

    const State* find(EntityRef thing) const override { return over_.find(thing); }
    std::vector<Uuid> all(EntityKind kind) const override { return over_.all(kind); }
    std::vector<EntityRef> touching(EntityRef thing) const override {
        return over_.touching(thing);
    }
    SeriesPosition series_position(SeriesId series, std::string_view period) const override {
        return over_.series_position(series, period);
    }
    std::optional<Date> series_last_issued_on(SeriesId series) const override {
        return over_.series_last_issued_on(series);
    }
    std::optional<EntityRef> claimant(std::string_view claim) const override {
        const auto moved = claims_.find(claim);
        return moved == claims_.end() ? below_.claimant(claim) : moved->second;
    }
    bool has_documents() const override { return over_.has_documents(); }
    const Timeline& timeline() const override { return over_.timeline(); }

  private:
    void move_claims(EntityRef thing, const State& state, bool hold) {
        for (const std::string& claim : claims_of(state))
            claims_[claim] = hold ? std::optional(thing) : std::nullopt;
    }

    const Books& below_;
    ProspectiveBooks over_;
    std::map<std::string, std::optional<EntityRef>, std::less<>> claims_;
};

Decision decide_row(const Books& books, const ListedThing& thing,
                    const Circumstances& circumstances) {
    return std::visit([&](const auto& command) { return decide(books, command, circumstances); },
                      thing);
}

void add_faults(const Refusal& refusal, std::uint64_t line, Faults& faults) {
    const std::string at = fmt::format("/rows/{}", line);
    if (refusal.faults.empty())
        faults.push_back({at, refusal.code, refusal.detail});
    for (const Fault& fault : refusal.faults)
        faults.push_back({at + fault.pointer, fault.code, fault.detail});
}

} // namespace

Decision decide(const Books& books, const ImportList& command, const Circumstances& circumstances) {
    RowBooks prospect(books);
    std::vector<NewEvent> events;
    Faults faults;
    for (const ListedRow& row : command.rows) {
        const Decision decision = decide_row(prospect, row.thing, circumstances);
        if (!decision) {
            add_faults(decision.error(), row.line, faults);
            continue;
        }
        for (const NewEvent& event : *decision) {
            if (const auto applied = prospect.apply(event); !applied)
                faults.push_back(
                    {fmt::format("/rows/{}", row.line), Code::invalid_input, applied.error().what});
            events.push_back(event);
        }
    }
    if (!faults.empty())
        return std::unexpected(Refusal{Code::import_broken_row, {}, std::move(faults), {}, {}});
    if (events.empty())
        return nothing_happens();
    events.push_back(
        {{EntityKind::import, command.record.import_id.value}, command.record, {}, {}});
    if (events.size() > kCommitEventsMax)
        return std::unexpected(
            Refusal{Code::commit_too_large,
                    fmt::format("{} events of at most {}", events.size(), kCommitEventsMax),
                    {},
                    {{"events", std::to_string(events.size())}},
                    {}});
    return events;
}

} // namespace daybook::domain
