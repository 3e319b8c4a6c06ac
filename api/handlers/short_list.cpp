#include "api/handlers/short_list.h"

#include "api/handlers/list_file.h"
#include "api/handlers/page_limit.h"
#include "api/or_problem.h"

#include <algorithm>

namespace daybook::api {
namespace {

struct ShortPage {
    std::size_t first = 0;
    std::size_t last = 0; // One past the last.
};

std::expected<ShortPage, Problem> page_of(const Call& call, const PageTurn& turn,
                                          const ShortList& list, ListForm form) {
    const bool whole = form != ListForm::json && !call.request.parameter("limit");
    const std::size_t limit = whole ? list.keys.size() : TRY(read_page_limit(call));
    if (!turn.cursor)
        return ShortPage{0, std::min(limit, list.keys.size())};
    const auto found = std::ranges::find(list.keys, turn.cursor->position);
    if (found == list.keys.end())
        return bad_cursor();
    const auto at = static_cast<std::size_t>(found - list.keys.begin());
    if (turn.cursor->backward)
        return ShortPage{at - std::min(at, limit), at};
    return ShortPage{at + 1, at + 1 + std::min(limit, list.keys.size() - at - 1)};
}

std::expected<bool, Problem> wants_count(const Request& request) {
    const auto count = request.parameter("count").value_or("false");
    if (count != "true" && count != "false")
        return bad_parameter("count", "true or false");
    return count == "true";
}

} // namespace

std::vector<Parameter> short_list_parameters() {
    return picked_parameters({"limit", "cursor", "count", "separator", "bom", "decimal"});
}

Reply short_list(const Call& call, const PageTurn& turn, const ShortList& list, Response head) {
    const ListForm form = TRY(list_form_of(call.request));
    const bool counted = TRY(wants_count(call.request));
    const ShortPage page = TRY(page_of(call, turn, list, form));
    JsonArray items;
    for (std::size_t i = page.first; i < page.last; ++i)
        items.push_back(TRY(list.show(i)));
    const auto cursor = [&](std::size_t at, bool backward) {
        return encode_cursor({list.revision, list.today, backward, list.keys[at]}, turn.question);
    };
    const std::string next =
        page.last > 0 && page.last < list.keys.size() ? cursor(page.last - 1, false) : "";
    if (form != ListForm::json)
        return list_file(call, std::move(head),
                         {list.shape, form,
                          [&] {
                              return FilePage{std::move(items), next};
                          },
                          nullptr});
    Json body;
    body.set("items", std::move(items));
    body.set("next", next.empty() ? Json() : Json(next));
    body.set("prev",
             page.first > 0 && page.first < page.last ? Json(cursor(page.first, true)) : Json());
    body.set("revision", list.revision);
    if (counted)
        body.set("total", list.keys.size());
    Response response = json_response(200, body);
    std::ranges::move(head.headers, std::back_inserter(response.headers));
    return response;
}

Reply short_list(const Call& call, const TableShape& shape, JsonArray items, log::LineNumber line,
                 std::string_view key) {
    const Revision head = TRY(or_problem(call.service.log().head(line))).revision;
    ShortList list{shape, {}, [&](std::size_t at) { return std::move(items[at]); }, head, {}};
    for (const Json& item : items) {
        const Json* named = item.find(key);
        list.keys.push_back(named->if_string() ? *named->if_string() : to_json(*named));
    }
    Response response;
    if (line != log::kInstanceLine)
        response.headers.emplace_back("Daybook-Revision", std::to_string(head));
    return short_list(call, TRY(read_turn(call)), list, std::move(response));
}

} // namespace daybook::api
