#include "api/handlers/events.h"

#include "api/handlers/list_file.h"
#include "api/handlers/live_feed.h"
#include "api/handlers/page_limit.h"
#include "api/handlers/paged_export.h"
#include "api/http/header_list.h"
#include "api/or_problem.h"
#include "api/present/event.h"
#include "engine/command/live_versions.h"
#include "events/base/whole_number.h"
#include "events/codec/codec.h"

#include <algorithm>
#include <array>

namespace daybook::api {
namespace {

using namespace schema;

constexpr std::uint64_t kFeedLimit = 100;
constexpr std::uint64_t kFeedLimitMax = 1'000;

std::expected<std::uint64_t, Problem> number_parameter(const Call& call, std::string_view name,
                                                       std::uint64_t fallback, std::uint64_t min,
                                                       std::uint64_t max) {
    const auto text = call.request.parameter(name);
    if (!text)
        return fallback;
    const auto value = whole_number<std::uint64_t>(*text);
    if (!value || *value < min || *value > max)
        return bad_parameter(name,
                             "a number from " + std::to_string(min) + " to " + std::to_string(max));
    return *value;
}

struct FeedRequest {
    log::LineNumber line = log::kInstanceLine;
    Epoch epoch = 1;
    CompanyId book;
    int digits = 2;
    Revision head = 0; // The newest event, now or as of the moment asked for.
    Revision after = 0;
    std::uint64_t limit = kFeedLimit;
    std::optional<CompanyView> view; // Nothing: the instance's own book.
};

// ---- where to go on
// ------------------------------------------------------------------------------

// A client that saw what is not here has seen another book: silence would keep it waiting for ever.
std::expected<Revision, Problem> seen_here(const FeedRequest& feed, std::string_view name,
                                           Revision revision) {
    if (revision <= feed.head)
        return revision;
    const std::string head = std::to_string(feed.head);
    return std::unexpected(
        problem_of(domain::Refusal{domain::Code::as_of_in_future,
                                   std::string(name) + ": the newest revision is " + head,
                                   {},
                                   {{"revision", head}}}));
}

// The feed of an epoch that took the place of another begins anew; of one that never was, nobody
// can have seen anything.
std::expected<Revision, Problem> begin_anew(const Call& call, const FeedRequest& feed, Epoch seen) {
    if (feed.view && call.service.directory()->find(feed.view->where.company, seen))
        return Revision{0};
    const std::string epoch = std::to_string(feed.epoch);
    return std::unexpected(
        problem_of(domain::Refusal{domain::Code::stale_revision,
                                   "Last-Event-ID: the epoch is " + epoch
                                       + ", and its newest revision " + std::to_string(feed.head),
                                   {},
                                   {{"epoch", epoch}, {"revision", std::to_string(feed.head)}}}));
}

// Last-Event-ID wins: it is where this very client stopped.
std::expected<Revision, Problem> resume_point(const Call& call, const FeedRequest& feed) {
    const std::string_view last = call.request.header("last-event-id");
    if (last.empty()) {
        const std::string_view name = call.request.parameter("cursor") ? "cursor" : "after";
        return seen_here(feed, name, TRY(number_parameter(call, name, 0, 0, INT64_MAX)));
    }
    const std::size_t dash = last.find('-');
    const auto epoch = whole_number<Epoch>(last.substr(0, dash));
    const auto revision = dash == std::string_view::npos
                              ? std::nullopt
                              : whole_number<Revision>(last.substr(dash + 1));
    if (!epoch || !revision)
        return bad_parameter("Last-Event-ID", "<epoch>-<revision>");
    if (*epoch != feed.epoch)
        return begin_anew(call, feed, *epoch);
    return seen_here(feed, "Last-Event-ID", *revision);
}

std::expected<FeedRequest, Problem> read_request(const Call& call, bool instance) {
    FeedRequest feed;
    if (!instance) {
        feed.view = TRY(open_company(call));
        feed.line = feed.view->where.line;
        feed.epoch = feed.view->where.epoch;
        feed.book = feed.view->where.book;
        feed.digits = feed.view->digits;
    }
    feed.head = feed.view && !feed.view->now
                    ? feed.view->snapshot->revision()
                    : TRY(or_problem(call.service.log().head(feed.line))).revision;
    feed.after = TRY(resume_point(call, feed));
    feed.limit = TRY(number_parameter(call, "limit", kFeedLimit, 1, kFeedLimitMax));
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

// ---- answers
// -------------------------------------------------------------------------------------

Result<Json> show_stored(const std::string& bytes, command::LiveVersions& versions,
                         Language language, int digits) {
    const RecordedEvent event = TRY(decode_record(bytes));
    const bool live = TRY(versions.is_live(event.envelope.entity, event.envelope.entity_version));
    return show_event(event, bytes, live, language, digits);
}

struct EventPage {
    JsonArray items;
    Revision last = 0; // After which the next page begins.
};

std::expected<EventPage, Problem> read_page(const Call& call, const FeedRequest& feed,
                                            Revision after, std::uint64_t limit) {
    EventPage page{{}, after};
    const auto records =
        TRY(or_problem(call.service.log().read(feed.line, after + 1, {.records_max = limit})));
    command::LiveVersions versions(call.service.log(), feed.line, feed.book);
    for (const log::StoredRecord& record : records) {
        if (record.revision > feed.head)
            break;
        page.items.push_back(
            TRY(or_problem(show_stored(record.bytes, versions, call.language, feed.digits))));
        page.last = record.revision;
    }
    return page;
}

// All events up to the head there was when they were asked for.
class EventExport final : public PagedExport {
  public:
    EventExport(const Call& call, FeedRequest feed, std::unique_ptr<ListWriter> writer)
        : PagedExport(std::move(writer)), call_(call), feed_(std::move(feed)) {}

  private:
    std::expected<Page, Problem> next_page() override {
        EventPage page = TRY(read_page(call_, feed_, feed_.after, kFeedLimitMax));
        feed_.after = page.last;
        const bool last = page.items.empty() || feed_.after >= feed_.head;
        return Page{std::move(page.items), last};
    }

    const Call call_;
    FeedRequest feed_;
};

constexpr std::array<std::string_view, 15> kEventColumns = {
    "revision",    "commit.first", "commit.last",    "id",          "type",
    "entity.kind", "entity.id",    "entity.version", "recorded_at", "effective_on",
    "actor.name",  "reason",       "leaf",           "sentence",    "data"};

void add_head_headers(Response& response, const FeedRequest& feed) {
    if (feed.view && !feed.view->now)
        return add_moment_headers(response, *feed.view);
    response.headers.emplace_back("Daybook-Revision", std::to_string(feed.head));
    response.headers.emplace_back("Vary", "Accept-Datetime");
}

Reply list_events(const Call& call, FeedRequest feed, ListForm form) {
    static const Schema kItems = event_schema();
    // A file begins with the same page: what cannot be read is refused before it is promised.
    EventPage page = TRY(read_page(call, feed, feed.after, feed.limit));
    const std::string next = page.last < feed.head ? std::to_string(page.last) : "";
    if (form != ListForm::json) {
        Response head;
        add_head_headers(head, feed);
        const auto first = [&] { return FilePage{std::move(page.items), next}; };
        const auto whole = [&](std::unique_ptr<ListWriter> writer) {
            return std::make_unique<EventExport>(call, std::move(feed), std::move(writer));
        };
        return list_file(call, std::move(head),
                         {{"events", kEventColumns, kItems}, form, first, whole});
    }
    Json body;
    body.set("items", std::move(page.items));
    body.set("next", next.empty() ? Json() : Json(next));
    body.set("prev", nullptr);
    body.set("revision", feed.head);
    Response response = json_response(200, body);
    add_head_headers(response, feed);
    return response;
}

Reply feed(const Call& call, bool instance) {
    FeedRequest request = TRY(read_request(call, instance));
    if (!prefers_to_json(call.request.header("accept"), "text/event-stream"))
        return list_events(call, std::move(request), TRY(list_form_of(call.request)));
    LiveFeed live{request.line,  request.epoch,  request.book, request.after,
                  call.language, request.digits, {},           {}};
    if (request.view && !request.view->now)
        live.until = request.head;
    if (!instance)
        live.is_current = current_book(call, request.line);
    Response response{200, {{"Content-Type", "text/event-stream"}}, {}, nullptr};
    response.stream = live_feed(call.service.watchable_log(), live);
    return response;
}

Response stored_answer(const CompanyView& view, const std::string& bytes) {
    Response response{200, {{"Content-Type", "application/octet-stream"}}, bytes, nullptr};
    add_moment_headers(response, view);
    return response;
}

Reply get_event(const Call& call) {
    const CompanyView view = TRY(open_company(call));
    const std::string& text = call.path.find("revision")->second;
    const auto revision = whole_number<Revision>(text);
    if (!revision || *revision == 0)
        return std::unexpected(problem(404, "not_found", "an event is named by its revision"));
    if (!view.now && *revision > view.snapshot->revision())
        return std::unexpected(problem_of(domain::Refusal{
            domain::Code::not_yet_created, "that event is younger than the moment", {}, {}}));
    const auto records = call.service.log().read(view.where.line, *revision, {.records_max = 1});
    if (!records)
        return std::unexpected(problem_of(records.error()));
    if (records->empty())
        return std::unexpected(problem(404, "not_found", "no such revision"));
    const std::string& bytes = records->front().bytes;
    if (prefers_to_json(call.request.header("accept"), "application/octet-stream"))
        return stored_answer(view, bytes);
    command::LiveVersions versions(call.service.log(), view.where.line, view.where.book);
    const Json shown = TRY(or_problem(show_stored(bytes, versions, call.language, view.digits)));
    return json_response(200, shown, view);
}

std::vector<Parameter> feed_parameters() {
    std::vector<Parameter> parameters = csv_parameters();
    parameters.insert(parameters.end(), {{"after", "events after this revision"},
                                         {"cursor", "from next of an earlier page: the same"},
                                         {"limit", "1 to 1000, default 100; of a file: all"}});
    return parameters;
}

} // namespace

std::vector<Route> event_routes() {
    const std::string base = "/api/v1/companies/{company}/events";
    std::vector<Parameter> parameters = feed_parameters();
    std::ranges::move(moment_parameters(), std::back_inserter(parameters));
    return {{"GET",
             base,
             "Events: in pages, whole as NDJSON or CSV, or live as text/event-stream",
             Permission::read,
             kBodyNone,
             parameters,
             {},
             200,
             page_of_one_way(event_schema()),
             reading([](const Call& call) { return feed(call, false); })},
            {"GET",
             base + "/{revision}",
             "One event; its stored bytes as application/octet-stream",
             Permission::read,
             kBodyNone,
             moment_parameters(),
             {},
             200,
             event_schema(),
             reading(get_event)},
            {"GET",
             "/api/v1/events",
             "The instance's own book",
             Permission::audit,
             kBodyNone,
             feed_parameters(),
             {},
             200,
             page_of_one_way(event_schema()),
             reading([](const Call& call) { return feed(call, true); })}};
}

} // namespace daybook::api
