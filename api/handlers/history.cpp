#include "api/handlers/history.h"

#include "api/handlers/blame.h"
#include "api/handlers/kind_paths.h"
#include "api/handlers/list_file.h"
#include "api/handlers/page_limit.h"
#include "api/handlers/paged_export.h"
#include "api/or_problem.h"
#include "api/present/event.h"
#include "api/present/history_reader.h"
#include "api/routing/links.h"
#include "api/routing/moment.h"
#include "events/base/reflect.h"
#include "events/base/whole_number.h"
#include "events/catalogue.h"

#include <utility>

namespace daybook::api {
namespace {

using namespace schema;

// ---- the question ------------------------------------------------------------------------------

struct HistoryQuery {
    HistoryFilter filter;
    std::size_t limit = kPageItems;
    Revision below = 0;
};

std::expected<EntityRef, Problem> parse_entity(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto kind = parse_enum<EntityKind>(std::string(text.substr(0, slash)).c_str());
    const auto id = slash == std::string_view::npos ? fail(ErrorKind::invalid, "no id")
                                                    : parse_uuid(text.substr(slash + 1));
    if (!kind || !id)
        return bad_parameter("entity", "<kind>/<id>");
    return EntityRef{*kind, *id};
}

enum class Bound { first, last };

// Of "@41" that revision; of an instant the first revision recorded from then on, or the last one
// until then.
std::expected<Revision, Problem> read_bound(const Call& call, const CompanyView& view,
                                            std::string_view name, std::string_view text,
                                            Bound bound) {
    const Moment moment = TRY(read_moment(name, text));
    if (const auto* revision = std::get_if<Revision>(&moment))
        return *revision;
    const Timestamp at = std::get<Timestamp>(moment);
    const auto& views = call.service.views();
    if (bound == Bound::last)
        return or_problem(views.revision_at(view.where.line, at));
    return TRY(or_problem(views.revision_at(view.where.line, {at.micros - 1}))) + 1;
}

std::expected<HistoryQuery, Problem> read_query(const Call& call, const CompanyView& view) {
    HistoryQuery query;
    HistoryFilter& filter = query.filter;
    filter.highest = view.snapshot->revision();
    filter.actor = call.request.parameter("actor").value_or("");
    filter.type = call.request.parameter("type").value_or("");
    if (!filter.type.empty() && !find_event_type(filter.type))
        return bad_parameter("type", "there is no event " + filter.type);
    if (const auto entity = call.request.parameter("entity"))
        filter.entity = TRY(parse_entity(*entity));
    if (const auto from = call.request.parameter("from"))
        filter.lowest =
            std::max<Revision>(1, TRY(read_bound(call, view, "from", *from, Bound::first)));
    if (const auto to = call.request.parameter("to"))
        filter.highest =
            std::min(filter.highest, TRY(read_bound(call, view, "to", *to, Bound::last)));
    query.limit = TRY(read_page_limit(call));
    if (const auto cursor = call.request.parameter("cursor")) {
        query.below = whole_number<std::uint64_t>(*cursor).value_or(0);
        if (query.below == 0)
            return bad_cursor();
    }
    return query;
}

// ---- the answer --------------------------------------------------------------------------------

constexpr std::array<std::string_view, 12> kColumns = {
    "revision",    "commit.first", "commit.last", "at",     "actor.name",     "event",
    "entity.kind", "entity.id",    "sentence",    "reason", "source.channel", "changes"};

// Everything from `below` on.
class HistoryExport final : public PagedExport {
  public:
    HistoryExport(const Call& call, CompanyView view, const HistoryQuery& query,
                  std::unique_ptr<ListWriter> writer)
        : PagedExport(std::move(writer)),
          call_(call),
          view_(std::move(view)),
          reader_(call_, view_, query.filter),
          below_(query.below) {}

  private:
    std::expected<Page, Problem> next_page() override {
        HistoryPage page = TRY(reader_.page(below_, kPageItemsMax));
        below_ = page.next;
        return Page{std::move(page.items), below_ == 0};
    }

    const Call call_;
    const CompanyView view_;
    HistoryReader reader_;
    Revision below_;
};

Reply json_history(const CompanyView& view, HistoryPage page) {
    Json body;
    body.set("items", std::move(page.items));
    body.set("next", page.next > 0 ? Json(std::to_string(page.next)) : Json());
    body.set("prev", nullptr);
    body.set("revision", view.snapshot->revision());
    return json_response(200, body, view);
}

Reply file_history(const Call& call, CompanyView view, const HistoryQuery& query, HistoryPage page,
                   ListForm form) {
    static const Schema kItems = history_schema();
    Response head;
    add_moment_headers(head, view);
    const auto first = [&] {
        return FilePage{std::move(page.items), page.next > 0 ? std::to_string(page.next) : ""};
    };
    const auto whole = [&](std::unique_ptr<ListWriter> writer) {
        return std::make_unique<HistoryExport>(call, std::move(view), query, std::move(writer));
    };
    return list_file(call, std::move(head), {{"history", kColumns, kItems}, form, first, whole});
}

Reply history_of(const Call& call, std::optional<EntityRef> thing) {
    const ListForm form = TRY(list_form_of(call.request));
    CompanyView view = TRY(open_company(call));
    HistoryQuery query = TRY(read_query(call, view));
    if (thing)
        query.filter.entity = thing;
    // A file begins with the same page, so what cannot be read is refused before it is promised.
    HistoryPage page = TRY(HistoryReader(call, view, query.filter).page(query.below, query.limit));
    if (form == ListForm::json)
        return json_history(view, std::move(page));
    return file_history(call, std::move(view), query, std::move(page), form);
}

std::vector<Parameter> history_parameters(bool of_company) {
    std::vector<Parameter> parameters = moment_parameters();
    if (of_company)
        parameters.push_back({"entity", "<kind>/<id>"});
    parameters.insert(parameters.end(),
                      {{"actor", "name of who did it"},
                       {"type", "event type, like InvoiceIssued"},
                       {"from", "recorded at or after this instant, or from @<revision> on"},
                       {"to", "recorded at or before this instant, or up to @<revision>"},
                       {"limit", "1 to 500, default 50"},
                       {"cursor", "from next of an earlier page"}});
    std::ranges::move(csv_parameters(), std::back_inserter(parameters));
    return parameters;
}

} // namespace

std::vector<Route> history_routes() {
    const Schema page = page_of_one_way(history_schema());
    const std::string company = "/api/v1/companies/{company}";
    std::vector<Route> routes = {
        {"GET",
         company + "/history",
         "What happened to the company, newest first",
         Permission::read,
         kBodyNone,
         history_parameters(true),
         {},
         200,
         page,
         reading([](const Call& call) { return history_of(call, std::nullopt); })}};
    routes.push_back({"GET",
                      company + "/blame",
                      "Who set each of the company's own fields",
                      Permission::read,
                      kBodyNone,
                      moment_parameters(),
                      {},
                      200,
                      blame_schema(),
                      reading(blame_of_company)});
    for (const KindPath& named : kKindPaths) {
        const std::string one = company + "/" + std::string(named.path) + "/{id}";
        const EntityKind kind = named.kind;
        routes.push_back({"GET",
                          one + "/history",
                          "What happened to it, newest first",
                          Permission::read,
                          kBodyNone,
                          history_parameters(false),
                          {},
                          200,
                          page,
                          reading([kind](const Call& call) -> Reply {
                              return history_of(call, EntityRef{kind, TRY(call.id("id"))});
                          })});
        routes.push_back({"GET",
                          one + "/blame",
                          "Who set each of its fields",
                          Permission::read,
                          kBodyNone,
                          moment_parameters(),
                          {},
                          200,
                          blame_schema(),
                          reading([kind](const Call& call) { return blame(call, kind); })});
    }
    return routes;
}

} // namespace daybook::api
