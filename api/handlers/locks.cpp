// Locks of the books: nothing may be dated on or before the latest that is not lifted.
#include "api/handlers/settings.h"
#include "api/handlers/small_resource.h"

namespace daybook::api {
namespace {

using namespace schema;

constexpr auto kKind = EntityKind::period;

std::expected<Json, Problem> show_lock(const Call&, const CompanyView&, EntityRef thing,
                                       const projections::EntityRow& row) {
    const auto& lock = std::get<domain::PeriodState>(row.state);
    Json json = common_members(thing, row);
    json.set("through", to_text(lock.through));
    json.set("lifted", lock.lifted);
    return json;
}

struct LockBody {
    Date through;
    std::string reason;
};

std::expected<Write, Problem> create_lock(const Call& call) {
    const Json json = TRY(parse_body(call.request));
    const LockBody body = TRY(read_input<LockBody>(json, [](Input& input) {
        return LockBody{input.date("through", Need::required).value_or(Date{}), read_reason(input)};
    }));
    const Uuid id = call.service.ids().next_id();
    Write write;
    write.command = domain::LockPeriod{id, body.through, body.reason};
    write.reason = body.reason;
    write.thing = {kKind, id};
    write.status = 201;
    write.location =
        "/api/v1/companies/" + call.path.find("company")->second + "/locks/" + to_text(id);
    write.show = show_lock;
    return write;
}

// A DELETE carries no body (RFC 9110, 9.3.5), so its reason is a query parameter.
std::expected<Write, Problem> lift(const Call& call) {
    const Uuid id = TRY(call.id("id"));
    Write write;
    write.reason = call.request.parameter("reason").value_or("");
    write.command = domain::UnlockPeriod{id, write.reason};
    write.thing = {kKind, id};
    write.show = show_lock;
    return write;
}

} // namespace

std::vector<Route> lock_routes() {
    static const Schema schema = named(
        "Lock", extended(object(common_schema()), {{"through", date()}, {"lifted", boolean()}}));
    static const Resource kLocks{kKind,
                                 "locks",
                                 show_lock,
                                 show_lock,
                                 schema,
                                 schema,
                                 {},
                                 {projections::SortKey::created},
                                 {"id", "through", "lifted", "created_at"}};
    std::vector<Route> routes = reading_routes(kLocks);
    routes.push_back({"POST",
                      settings_path("locks"),
                      "Lock the books through a date",
                      Permission::admin,
                      kBodyJson,
                      {},
                      object({{"through", date()}, optional("reason", text())}),
                      201,
                      schema,
                      writing(create_lock)});
    routes.push_back({"DELETE",
                      settings_path("locks") + "/{id}",
                      "Lift a lock",
                      Permission::admin,
                      kBodyNone,
                      {{"reason", "why; compulsory"}},
                      {},
                      200,
                      schema,
                      changing(lift)});
    return routes;
}

} // namespace daybook::api
