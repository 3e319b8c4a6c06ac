#include "api/handlers/list_request.h"

#include "api/handlers/list_export.h"
#include "api/handlers/list_file.h"
#include "api/handlers/list_query.h"
#include "api/handlers/page_turn.h"
#include "api/or_problem.h"
#include "api/present/actions.h"

namespace daybook::api {
namespace {

using projections::ListPage;
using projections::ListQuery;

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
    SnapshotBooks books(call, view);
    for (const projections::ListItem& item : page.items) {
        Json shown = TRY(resource.show_in_list(call, view, item.thing, item.row));
        Json actions = TRY(show_actions(books, item.thing, item.row.state));
        if (!actions.if_object()->empty())
            shown.set("actions", std::move(actions));
        items.push_back(std::move(shown));
    }
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

Reply list_as_file(const Resource& resource, const Call& call, CompanyView view, ListQuery query,
                   ListForm form, const std::string& question) {
    Response head;
    add_moment_headers(head, view);
    const auto page = [&]() -> std::expected<FilePage, Problem> {
        const ListPage found = TRY(or_problem(view.snapshot->list(query)));
        FilePage shown;
        for (const projections::ListItem& item : found.items)
            shown.items.push_back(TRY(resource.show_in_list(call, view, item.thing, item.row)));
        if (!found.next.empty())
            shown.next = cursor_text(view, found.next, false, question);
        return shown;
    };
    const auto whole = [&](std::unique_ptr<ListWriter> writer) {
        return export_list(resource, call, std::move(view), std::move(query), std::move(writer));
    };
    return list_file(
        call, std::move(head),
        {{resource.path, resource.csv_columns, resource.list_schema}, form, page, whole});
}

} // namespace

Reply list(const Resource& resource, const Call& call) {
    const ListForm form = TRY(list_form_of(call.request));
    CompanyView view = TRY(open_company(call));
    ListQuery query = TRY(read_list_query(resource, call.request));
    const PageTurn turn = TRY(read_turn(call, view.where.epoch));
    if (turn.cursor) {
        TRY(move_to(call, *turn.cursor, view));
        query.after = turn.cursor->position;
        query.backward = turn.cursor->backward;
    }
    query.today = view.today;
    if (resource.narrow)
        TRY(resource.narrow(call, view, query));
    if (form == ListForm::json)
        return json_list(resource, call, view, query, turn.question);
    return list_as_file(resource, call, std::move(view), std::move(query), form, turn.question);
}

} // namespace daybook::api
