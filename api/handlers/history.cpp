#include "api/handlers/history.h"

#include "api/handlers/resource.h"
#include "api/json/changes.h"
#include "api/present/event.h"
#include "engine/command/fold.h"
#include "engine/command/write_index.h"
#include "events/base/reflect.h"
#include "events/codec/codec.h"
#include "events/json_walk.h"

#include <algorithm>
#include <charconv>

namespace daybook::api {
namespace {

using namespace schema;
using command::fold_thing;

constexpr std::size_t kItemsDefault = 50;
constexpr std::size_t kItemsMax = 500;
// A page reads at most so many records; when a filter lets few through, `next` goes on from there.
constexpr std::size_t kRecordsPerPageMax = 5'000;
constexpr std::size_t kRecordsPerRead = 200;

struct HistoryQuery {
    std::string actor;
    std::string type;
    std::optional<EntityRef> entity;
    std::optional<Timestamp> from;
    std::optional<Timestamp> to;
    std::size_t limit = kItemsDefault;
    Revision before = 0; // Only revisions below; 0 = from the newest shown.
};

std::expected<std::uint64_t, Problem> number_of(std::string_view name, std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::unexpected(problem(400, "bad_parameter", std::string(name) + " is a number"));
    return value;
}

std::expected<EntityRef, Problem> parse_entity(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto kind = parse_enum<EntityKind>(std::string(text.substr(0, slash)).c_str());
    const auto id = slash == std::string_view::npos ? fail(ErrorKind::invalid, "no id")
                                                    : parse_uuid(text.substr(slash + 1));
    if (!kind || !id)
        return std::unexpected(problem(400, "bad_parameter", "entity=<kind>/<id>"));
    return EntityRef{*kind, *id};
}

std::expected<std::optional<Timestamp>, Problem> instant_of(const Call& call,
                                                            std::string_view name) {
    const auto text = call.request.parameter(name);
    if (!text)
        return std::nullopt;
    const auto at = parse_timestamp(*text);
    if (!at)
        return std::unexpected(
            problem(400, "bad_parameter", std::string(name) + ": " + at.error().what));
    return *at;
}

std::expected<HistoryQuery, Problem> read_query(const Call& call) {
    HistoryQuery query;
    query.actor = call.request.parameter("actor").value_or("");
    query.type = call.request.parameter("type").value_or("");
    if (const auto entity = call.request.parameter("entity"))
        query.entity = TRY(parse_entity(*entity));
    query.from = TRY(instant_of(call, "from"));
    query.to = TRY(instant_of(call, "to"));
    if (const auto limit = call.request.parameter("limit")) {
        query.limit = TRY(number_of("limit", *limit));
        if (query.limit < 1 || query.limit > kItemsMax)
            return std::unexpected(problem(400, "bad_parameter", "limit is 1 to 500"));
    }
    if (const auto cursor = call.request.parameter("cursor")) {
        const auto before = number_of("cursor", *cursor);
        if (!before || *before == 0)
            return std::unexpected(problem(400, "bad_cursor"));
        query.before = *before;
    }
    return query;
}

bool lets_through(const HistoryQuery& query, const Envelope& envelope) {
    return (query.actor.empty() || envelope.actor.name == query.actor)
           && (query.type.empty() || envelope.type == query.type)
           && (!query.entity || envelope.entity == *query.entity)
           && (!query.from || envelope.recorded_at >= *query.from)
           && (!query.to || envelope.recorded_at <= *query.to);
}

std::expected<Json, Problem> item_of(const Call& call, const CompanyView& view,
                                     const RecordedEvent& recorded) {
    const Envelope& envelope = recorded.envelope;
    const log::LogReader& log = call.service.log();
    const auto before =
        fold_thing(log, view.where.line, envelope.entity, envelope.entity_version - 1);
    if (!before)
        return std::unexpected(problem_of(before.error()));
    const auto after = fold_thing(log, view.where.line, envelope.entity, envelope.entity_version);
    if (!after)
        return std::unexpected(problem_of(after.error()));
    return show_history_item(recorded, *before, *after, call.language, view.digits);
}

Reply answer(const CompanyView& view, JsonArray items, Revision next) {
    Json body;
    body.set("items", std::move(items));
    body.set("next", next > 0 ? Json(std::to_string(next)) : Json());
    body.set("revision", view.snapshot->revision());
    return json_response(200, body, view);
}

// Newest first, over the whole line.
Reply company_history(const Call& call) {
    const CompanyView view = TRY(open_company(call));
    const HistoryQuery query = TRY(read_query(call));
    Revision upper = view.snapshot->revision();
    if (query.before > 0)
        upper = std::min(upper, query.before - 1);
    JsonArray items;
    std::size_t examined = 0;
    while (upper > 0 && items.size() < query.limit && examined < kRecordsPerPageMax) {
        const Revision lower = upper > kRecordsPerRead ? upper - kRecordsPerRead + 1 : 1;
        const auto records = call.service.log().read(
            view.where.line, lower, {.records_max = upper - lower + 1, .bytes_max = SIZE_MAX});
        if (!records)
            return std::unexpected(problem_of(records.error()));
        for (auto record = records->rbegin(); record != records->rend(); ++record) {
            ++examined;
            upper = record->revision - 1;
            const auto event = decode_record(record->bytes);
            if (!event)
                return std::unexpected(problem_of(event.error()));
            if (!lets_through(query, event->envelope))
                continue;
            items.push_back(TRY(item_of(call, view, *event)));
            if (items.size() == query.limit)
                break;
        }
        if (records->empty())
            break;
    }
    return answer(view, std::move(items), upper > 0 ? upper + 1 : 0);
}

// The thing's own versions, newest first; each is one read by the log's index.
Reply thing_history(const Call& call, EntityKind kind) {
    const CompanyView view = TRY(open_company(call));
    const EntityRef thing{kind, TRY(call.id("id"))};
    const HistoryQuery query = TRY(read_query(call));
    const log::LogReader& log = call.service.log();
    const auto newest = command::newest_version(log, view.where.line, thing);
    if (!newest)
        return std::unexpected(problem_of(newest.error()));
    if (*newest == 0)
        return std::unexpected(problem(404, "not_found", "no such thing"));
    JsonArray items;
    Revision next = 0;
    for (Version version = *newest; version > 0; --version) {
        const auto event = command::read_version(log, view.where.line, thing, version);
        if (!event)
            return std::unexpected(problem_of(event.error()));
        const Revision revision = event->envelope.revision;
        const bool shown = revision <= view.snapshot->revision()
                           && (query.before == 0 || revision < query.before)
                           && lets_through(query, event->envelope);
        if (!shown)
            continue;
        if (items.size() == query.limit) {
            next = revision + 1;
            break;
        }
        items.push_back(TRY(item_of(call, view, *event)));
    }
    return answer(view, std::move(items), next);
}

// Of each field of the thing as shown: the event that gave it its present value.
Reply blame(const Call& call, EntityKind kind) {
    const CompanyView view = TRY(open_company(call));
    const EntityRef thing{kind, TRY(call.id("id"))};
    const projections::EntityRow row = TRY(find_thing(view, thing));
    const log::LogReader& log = call.service.log();
    std::vector<std::pair<std::string, Json>> blamed; // By pointer, in order of appearance.
    domain::State before;
    for (Version version = 1; version <= row.version; ++version) {
        const auto event = command::read_version(log, view.where.line, thing, version);
        const auto after = fold_thing(log, view.where.line, thing, version);
        if (!event || !after)
            return std::unexpected(problem_of(event ? after.error() : event.error()));
        for (const auto& change : projections::changes_between(before, *after, view.digits)) {
            std::erase_if(blamed, [&](const auto& field) { return field.first == change.pointer; });
            if (change.after.is_null())
                continue;
            Json field;
            field.set("pointer", change.pointer);
            field.set("value", change.after);
            field.set("revision", event->envelope.revision);
            field.set("at", to_text(event->envelope.recorded_at));
            field.set("actor", show_actor(event->envelope.actor));
            field.set("event", event->envelope.type);
            blamed.emplace_back(change.pointer, std::move(field));
        }
        before = *after;
    }
    JsonArray items;
    for (auto& [pointer, field] : blamed)
        items.push_back(std::move(field));
    return json_response(200, items, view);
}

struct Named {
    EntityKind kind;
    const char* path;
};
constexpr Named kKinds[] = {{EntityKind::client, "clients"},
                            {EntityKind::product, "products"},
                            {EntityKind::invoice, "invoices"},
                            {EntityKind::credit_note, "credit-notes"},
                            {EntityKind::payment, "payments"},
                            {EntityKind::series, "series"},
                            {EntityKind::tax_rate, "tax-rates"},
                            {EntityKind::terms, "terms"},
                            {EntityKind::money_account, "money-accounts"},
                            {EntityKind::period, "locks"}};

} // namespace

std::vector<Route> history_routes() {
    std::vector<Parameter> parameters = moment_parameters();
    for (const Parameter& filter :
         std::initializer_list<Parameter>{{"actor", "name of who did it"},
                                          {"type", "event type, like InvoiceIssued"},
                                          {"entity", "<kind>/<id>"},
                                          {"from", "recorded at or after this instant"},
                                          {"to", "recorded at or before this instant"},
                                          {"limit", "1 to 500, default 50"},
                                          {"cursor", "from next of an earlier page"}})
        parameters.push_back(filter);
    const Schema page = object(
        {{"items", array(history_schema())}, {"next", nullable(text())}, {"revision", integer()}});
    const Schema fields = array(object({{"pointer", text()},
                                        {"value", any()},
                                        {"revision", integer()},
                                        {"at", instant()},
                                        {"actor", actor_schema()},
                                        {"event", text()}}));
    const std::string company = "/api/v1/companies/{company}";
    std::vector<Route> routes = {{"GET",
                                  company + "/history",
                                  "What happened to the company",
                                  Permission::read,
                                  kBodyNone,
                                  parameters,
                                  {},
                                  200,
                                  page,
                                  reading(company_history)}};
    for (const Named& named : kKinds) {
        const std::string one = company + "/" + named.path + "/{id}";
        const EntityKind kind = named.kind;
        routes.push_back({"GET",
                          one + "/history",
                          "What happened to it",
                          Permission::read,
                          kBodyNone,
                          parameters,
                          {},
                          200,
                          page,
                          reading([kind](const Call& call) { return thing_history(call, kind); })});
        routes.push_back({"GET",
                          one + "/blame",
                          "Who set each of its fields",
                          Permission::read,
                          kBodyNone,
                          moment_parameters(),
                          {},
                          200,
                          fields,
                          reading([kind](const Call& call) { return blame(call, kind); })});
    }
    return routes;
}

} // namespace daybook::api
