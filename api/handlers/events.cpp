#include "api/handlers/events.h"

#include "api/handlers/live_feed.h"
#include "api/or_problem.h"
#include "api/present/event.h"
#include "engine/command/live_versions.h"
#include "events/base/whole_number.h"
#include "events/codec/codec.h"

namespace daybook::api {
namespace {

using namespace schema;

constexpr std::uint64_t kLimitDefault = 100;
constexpr std::uint64_t kLimitMax = 1'000;

std::expected<std::uint64_t, Problem> number_parameter(const Call& call, std::string_view name,
                                                       std::uint64_t fallback, std::uint64_t max) {
    const auto text = call.request.parameter(name);
    if (!text)
        return fallback;
    const auto value = whole_number<std::uint64_t>(*text);
    if (!value || *value > max)
        return bad_parameter(std::string(name) + " is a number up to " + std::to_string(max));
    return *value;
}

struct FeedRequest {
    log::LineNumber line = 0;
    Epoch epoch = 1;
    CompanyId book;
    int digits = 2;
    Revision head = 0;
    Revision after = 0;
    std::uint64_t limit = kLimitDefault;
};

// Last-Event-ID wins over ?after: it is where this very client stopped.
std::expected<Revision, Problem> resume_point(const Call& call, Epoch epoch) {
    const std::string_view last = call.request.header("last-event-id");
    if (last.empty())
        return TRY(number_parameter(call, "after", 0, INT64_MAX));
    const std::size_t dash = last.find('-');
    const auto seen_epoch = whole_number<Epoch>(last.substr(0, dash));
    const auto revision = dash == std::string_view::npos
                              ? std::nullopt
                              : whole_number<Revision>(last.substr(dash + 1));
    if (!seen_epoch || !revision)
        return bad_parameter("Last-Event-ID: <epoch>-<revision>");
    return seen_epoch == epoch ? *revision : 0; // Another epoch: its feed begins anew.
}

std::expected<FeedRequest, Problem> read_request(const Call& call, bool instance) {
    FeedRequest feed;
    if (!instance) {
        const CompanyView view = TRY(open_company(call));
        feed.line = view.where.line;
        feed.epoch = view.where.epoch;
        feed.book = view.where.book;
        feed.digits = view.digits;
    }
    const auto head = call.service.log().head(feed.line);
    if (!head)
        return std::unexpected(problem_of(head.error()));
    feed.head = head->revision;
    feed.after = TRY(resume_point(call, feed.epoch));
    feed.limit = TRY(number_parameter(call, "limit", kLimitDefault, kLimitMax));
    return feed;
}

// Whether the company's book is still the one that is followed; a former epoch that was asked for
// by its number stays what it is.
std::function<bool()> current_book(const Call& call, log::LineNumber line) {
    const auto company = call.id("company");
    if (!company || call.request.parameter("epoch"))
        return nullptr;
    return [&service = call.service, company = CompanyId{*company}, line] {
        const auto directory = service.directory();
        const auto* now = directory->find(company);
        return now && now->line == line;
    };
}

Result<Json> show_stored(const std::string& bytes, command::LiveVersions& versions,
                         Language language, int digits) {
    const RecordedEvent event = TRY(decode_record(bytes));
    const bool live = TRY(versions.is_live(event.envelope.entity, event.envelope.entity_version));
    return show_event(event, bytes, live, language, digits);
}

Reply list_events(const Call& call, const FeedRequest& feed, bool ndjson) {
    const auto records =
        call.service.log().read(feed.line, feed.after + 1, {.records_max = feed.limit});
    if (!records)
        return std::unexpected(problem_of(records.error()));
    JsonArray items;
    std::string lines;
    Revision last = feed.after;
    command::LiveVersions versions(call.service.log(), feed.line, feed.book);
    for (const log::StoredRecord& record : *records) {
        Json shown =
            TRY(or_problem(show_stored(record.bytes, versions, call.language, feed.digits)));
        if (ndjson)
            lines += to_json(shown) + "\n";
        else
            items.push_back(std::move(shown));
        last = record.revision;
    }
    if (ndjson)
        return Response{200,
                        {{"Content-Type", "application/x-ndjson"},
                         {"Daybook-Revision", std::to_string(feed.head)}},
                        std::move(lines),
                        nullptr};
    Json body;
    body.set("items", std::move(items));
    body.set("next", last < feed.head ? Json(std::to_string(last)) : Json());
    body.set("revision", feed.head);
    Response response = json_response(200, body);
    response.headers.emplace_back("Daybook-Revision", std::to_string(feed.head));
    return response;
}

Reply feed(const Call& call, bool instance) {
    const FeedRequest request = TRY(read_request(call, instance));
    const std::string_view accept = call.request.header("accept");
    if (accept.find("text/event-stream") != std::string_view::npos) {
        Response response{200, {{"Content-Type", "text/event-stream"}}, {}, nullptr};
        response.stream =
            live_feed(call.service.watchable_log(),
                      {request.line, request.epoch, request.book, request.after, call.language,
                       request.digits, instance ? nullptr : current_book(call, request.line)});
        return response;
    }
    return list_events(call, request,
                       accept.find("application/x-ndjson") != std::string_view::npos);
}

Reply get_event(const Call& call) {
    const CompanyView view = TRY(open_company(call));
    const std::string& text = call.path.find("revision")->second;
    const auto revision = whole_number<Revision>(text);
    if (!revision || *revision == 0)
        return std::unexpected(problem(404, "not_found", "an event is named by its revision"));
    const auto records = call.service.log().read(view.where.line, *revision, {.records_max = 1});
    if (!records)
        return std::unexpected(problem_of(records.error()));
    if (records->empty())
        return std::unexpected(problem(404, "not_found", "no such revision"));
    const std::string& bytes = records->front().bytes;
    if (call.request.header("accept") == "application/octet-stream")
        return Response{200, {{"Content-Type", "application/octet-stream"}}, bytes, nullptr};
    command::LiveVersions versions(call.service.log(), view.where.line, view.where.book);
    const Json shown = TRY(or_problem(show_stored(bytes, versions, call.language, view.digits)));
    return json_response(200, shown, view);
}

Schema feed_schema() {
    return object(
        {{"items", array(event_schema())}, {"next", nullable(text())}, {"revision", integer()}});
}

} // namespace

std::vector<Route> event_routes() {
    const std::string base = "/api/v1/companies/{company}/events";
    const std::vector<Parameter> parameters = {{"after", "events after this revision"},
                                               {"limit", "1 to 1000, default 100"},
                                               {"epoch", "a former epoch of the company"}};
    return {{"GET",
             base,
             "Events: JSON, NDJSON, or live as text/event-stream",
             Permission::read,
             kBodyNone,
             parameters,
             {},
             200,
             feed_schema(),
             reading([](const Call& call) { return feed(call, false); })},
            {"GET",
             base + "/{revision}",
             "One event; its stored bytes as application/octet-stream",
             Permission::read,
             kBodyNone,
             {{"epoch", "a former epoch of the company"}},
             {},
             200,
             event_schema(),
             reading(get_event)},
            {"GET",
             "/api/v1/events",
             "The instance's own book",
             Permission::audit,
             kBodyNone,
             parameters,
             {},
             200,
             feed_schema(),
             reading([](const Call& call) { return feed(call, true); })}};
}

} // namespace daybook::api
