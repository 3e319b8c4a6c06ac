// Locks of the books: nothing may be dated on or before the latest that is not lifted.
#include "api/handlers/settings.h"
#include "api/handlers/small_resource.h"
#include "api/json/party_json.h"
#include "api/or_problem.h"
#include "api/present/settings.h"
#include "engine/command/fold.h"
#include "events/codec/codec.h"

namespace daybook::api {
namespace {

using namespace schema;

constexpr auto kKind = EntityKind::period;

// The record that set it; nothing in a preview, and in books that were restored without history.
std::expected<std::optional<RecordedEvent>, Problem>
setting_of(const Call& call, const CompanyView& view, EntityRef lock) {
    const log::LogReader& log = call.service.log();
    const auto first = TRY(or_problem(command::first_revision(log, view.where.line, lock)));
    if (!first)
        return std::nullopt;
    const auto records = TRY(or_problem(log.read(view.where.line, *first, {.records_max = 1})));
    auto recorded = TRY(or_problem(decode_record(records.front().bytes)));
    if (!std::holds_alternative<PeriodLocked>(recorded.event))
        return std::nullopt;
    return recorded;
}

std::expected<Json, Problem> add_setting(const Call& call, const CompanyView& view, EntityRef thing,
                                         Json json) {
    const auto set = TRY(setting_of(call, view, thing));
    json.set("reason", set ? text_or_null(set->envelope.reason) : Json());
    json.set("previous_through",
             date_or_null(set ? std::get<PeriodLocked>(set->event).previous_through
                              : std::optional<Date>()));
    return json;
}

std::expected<Json, Problem> show_lock(const Call& call, const CompanyView& view, EntityRef thing,
                                       const projections::EntityRow& row) {
    return add_setting(call, view, thing,
                       TRY(show_setting<domain::PeriodState>(call, view, thing, row)));
}

std::expected<Json, Problem> show_lock_in_list(const Call& call, const CompanyView& view,
                                               EntityRef thing, const projections::EntityRow& row) {
    return add_setting(call, view, thing,
                       TRY(show_setting_in_list<domain::PeriodState>(call, view, thing, row)));
}

// A preview has no record to read: it tells what was sent, and what the books say now.
Show show_new_lock(const std::string& reason) {
    return [reason](const Call& call, const CompanyView& view, EntityRef thing,
                    const projections::EntityRow& row) -> std::expected<Json, Problem> {
        Json json = TRY(show_lock(call, view, thing, row));
        if (TRY(or_problem(view.snapshot->find(thing))))
            return json;
        json.set("reason", text_or_null(reason));
        json.set("previous_through",
                 date_or_null(domain::locked_through(SnapshotBooks(call, view))));
        return json;
    };
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
    write.show = show_new_lock(body.reason);
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
    static const Schema schema =
        named("Lock", extended(object(common_schema()),
                               {{"through", date()},
                                {"lifted", boolean()},
                                {"reason", text_or_null_schema()},
                                {"previous_through", date_or_null_schema()},
                                {"actions", actions_schema(domain::PeriodState{})}}));
    static const Resource kLocks{kKind,
                                 "locks",
                                 show_lock,
                                 show_lock_in_list,
                                 schema,
                                 schema,
                                 {},
                                 {projections::SortKey::created},
                                 {"id", "through", "lifted", "reason", "created_at"}};
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
