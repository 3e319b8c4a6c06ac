// The table that routes requests, and from which OpenAPI, body limits and the permission matrix
// are made: a route without its row cannot exist.
#pragma once

#include "api/routing/call.h"
#include "api/schema.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::api {

// What a caller will need once there are accounts; shown in OpenAPI as x-permission.
enum class Permission { none, read, write, issue, audit, admin };

// Of what a request may carry, what the handler takes care of: the router refuses the rest, and
// OpenAPI tells. The safe answer is no.
struct Handling {
    bool previews = false;     // validate_only=true: checks, and writes nothing.
    bool needs_match = false;  // If-Match; without it 428.
    bool knows_tag = false;    // If-None-Match; what is known is 304.
    bool knows_repeat = false; // Idempotency-Key.
};

class Handler : public std::function<void(Call, Respond)> {
  public:
    using std::function<void(Call, Respond)>::function;
    Handling takes;
};

// The handler of a command that looks at Call::is_preview() before it writes.
Handler previewing(Handler handler);

inline constexpr std::uint64_t kBodyNone = 0;
inline constexpr std::uint64_t kBodyJson = 4 * 1024 * 1024;
inline constexpr std::uint64_t kBodyImport = 64 * 1024 * 1024;
inline constexpr std::uint64_t kBodyFile = 128 * 1024 * 1024; // One attachment.

struct Parameter {
    std::string_view name;
    std::string_view description;
};

struct Route {
    std::string_view method;
    std::string pattern; // "/api/v1/companies/{company}/invoices/{id}"
    std::string_view summary;
    Permission permission = Permission::read;
    std::uint64_t body_max = kBodyNone;
    std::vector<Parameter> parameters; // Query parameters besides those common to all of its kind.
    std::optional<Schema> request;
    int status = 200;
    std::optional<Schema> response; // None = not JSON, or no body.
    Handler handler;
    bool may_change_nothing = false; // Then it is 200, with the same body.
    // Takes the body while it arrives, for what is too large for memory.
    std::function<Result<std::shared_ptr<BodySink>>(Service&)> open_sink;
};

class Router {
  public:
    explicit Router(std::vector<Route> routes);

    // 404 not_found, 405 method_not_allowed with Allow, 400 unknown_parameter and bad_parameter,
    // 422 for members where no body is taken; else the handler. Below a company that is there the
    // answer carries Daybook-Revision, whatever it is.
    void dispatch(Request request, Service& service, Respond respond) const;
    // Of a request that is about to send its body. Where none is taken, an empty object may come.
    BodyPlan plan_body(std::string_view method, std::string_view path, Service& service) const;
    const std::vector<Route>& routes() const { return routes_; }

  private:
    std::vector<Route> routes_;
};

// Turns a function that answers at once into a handler.
Handler reading(std::function<Reply(const Call&)> answer);
// The same of one thing, whose ETag may be known already.
Handler reading_tagged(std::function<Reply(const Call&)> answer);

// Query parameters every GET below a company takes: as_of, epoch.
std::vector<Parameter> moment_parameters();
// moment_parameters plus limit, cursor, sort, count, sums, q and the kind's filters.
std::vector<Parameter> list_parameters(std::initializer_list<Parameter> filters);

// OpenAPI 3.1 of the whole table.
Json openapi(const Router& router, std::string_view version);

} // namespace daybook::api
