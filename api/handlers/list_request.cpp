#include "api/handlers/list_request.h"

#include "api/handlers/list_cursor.h"
#include "api/handlers/list_export.h"
#include "api/handlers/list_query.h"
#include "api/or_problem.h"
#include "api/routing/links.h"

#include <algorithm>
#include <array>

namespace daybook::api {
namespace {

using projections::ListPage;
using projections::ListQuery;

// What two pages of one list have in common: everything but where a page begins and how it looks.
std::string question_of(const Call& call, const CompanyView& view) {
    constexpr std::array kOfThePage = {"cursor",    "limit", "count",  "sums",
                                       "separator", "bom",   "decimal"};
    auto asked = call.request.query;
    std::erase_if(asked, [&](const Header& parameter) {
        return std::ranges::find(kOfThePage, parameter.first) != kOfThePage.end();
    });
    std::ranges::sort(asked);
    std::string text = call.request.path + "\n" + std::to_string(view.where.epoch);
    for (const auto& [name, value] : asked)
        text += "\n" + name + "=" + value;
    return text;
}

// A later page shows the books of the first one: nothing comes twice and nothing is left out,
// whatever is written in between.
std::expected<void, Problem> move_to(const Call& call, const ListCursor& cursor,
                                     CompanyView& view) {
    const auto head = TRY(or_problem(call.service.log().head(view.where.line)));
    if (cursor.revision > head.revision)
        return std::unexpected(problem(400, "bad_cursor"));
    view.snapshot =
        TRY(or_problem(call.service.views().snapshot_at(view.where.line, cursor.revision)));
    view.today = cursor.today;
    const auto row =
        TRY(or_problem(view.snapshot->find({EntityKind::company, view.where.book.value})));
    const auto* company = row ? std::get_if<domain::CompanyState>(&row->state) : nullptr;
    if (!company)
        return std::unexpected(problem(400, "bad_cursor"));
    view.company_row = *row;
    view.company = *company;
    return {};
}

// Sets where the page begins.
std::expected<void, Problem> begin_at_cursor(const Call& call, const std::string& question,
                                             CompanyView& view, ListQuery& query) {
    const auto text = call.request.parameter("cursor");
    if (!text)
        return {};
    const auto cursor = decode_cursor(*text, question);
    if (!cursor)
        return std::unexpected(problem(400, "bad_cursor"));
    TRY(move_to(call, *cursor, view));
    query.after = cursor->position;
    query.backward = cursor->backward;
    return {};
}

std::string cursor_text(const CompanyView& view, const std::string& position, bool backward,
                        const std::string& question) {
    return encode_cursor({view.snapshot->revision(), view.today, backward, position}, question);
}

Json show_sums(const std::vector<projections::ListSum>& sums) {
    JsonArray items;
    for (const projections::ListSum& sum : sums) {
        Json item;
        item.set("currency", sum.currency.code);
        item.set("net", sum.net);
        item.set("tax", sum.tax);
        item.set("total", sum.total);
        item.set("due", sum.due);
        items.push_back(std::move(item));
    }
    return items;
}

Reply json_list(const Resource& resource, const Call& call, const CompanyView& view,
                const ListQuery& query, const std::string& question) {
    const ListPage page = TRY(or_problem(view.snapshot->list(query)));
    const auto cursor = [&](const std::string& position, bool backward) {
        return position.empty() ? Json() : Json(cursor_text(view, position, backward, question));
    };
    JsonArray items;
    for (const projections::ListItem& item : page.items)
        items.push_back(TRY(resource.show_in_list(call, view, item.thing, item.row)));
    Json body;
    body.set("items", std::move(items));
    body.set("next", cursor(page.next, false));
    body.set("prev", cursor(page.prev, true));
    body.set("revision", view.snapshot->revision());
    if (page.total)
        body.set("total", *page.total);
    if (query.sums)
        body.set("sums", show_sums(page.sums));
    return json_response(200, body, view);
}

// All that follows; or, where a limit is given, the one page, with a link to the next.
Reply file_list(const Resource& resource, const Call& call, CompanyView view, ListQuery query,
                ListForm form, const std::string& question) {
    auto writer =
        TRY(list_writer(call, {resource.path, resource.csv_columns, resource.list_schema}, form));
    Response response;
    add_file_headers(response, resource.path, form);
    add_moment_headers(response, view);
    if (!call.request.parameter("limit")) {
        response.stream =
            export_list(resource, call, std::move(view), std::move(query), std::move(writer));
        return response;
    }
    const ListPage page = TRY(or_problem(view.snapshot->list(query)));
    response.body = writer->begin();
    for (const projections::ListItem& item : page.items)
        response.body += writer->item(TRY(resource.show_in_list(call, view, item.thing, item.row)));
    while (writer->end(response.body)) {
    }
    if (!page.next.empty())
        response.headers.emplace_back(
            "Link",
            link(query_with(call.request, "cursor", cursor_text(view, page.next, false, question)),
                 "next"));
    return response;
}

} // namespace

Reply list(const Resource& resource, const Call& call) {
    const ListForm form = TRY(list_form_of(call.request));
    CompanyView view = TRY(open_company(call));
    ListQuery query = TRY(read_list_query(resource, call.request));
    const std::string question = question_of(call, view);
    TRY(begin_at_cursor(call, question, view, query));
    query.today = view.today;
    if (resource.narrow)
        TRY(resource.narrow(call, view, query));
    if (form == ListForm::json)
        return json_list(resource, call, view, query, question);
    return file_list(resource, call, std::move(view), std::move(query), form, question);
}

} // namespace daybook::api
