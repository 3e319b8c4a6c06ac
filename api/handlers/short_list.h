// Lists whose items are all at hand, in an order of their own: companies, operations, backups,
// checkpoints, what clients owe. They come in pages and in the forms of any list; they are neither
// searched nor sorted.
#pragma once

#include "api/handlers/list_writer.h"
#include "api/handlers/page_turn.h"
#include "api/routing/route.h"

#include <functional>
#include <string>
#include <vector>

namespace daybook::api {

struct ShortList {
    TableShape shape;
    std::vector<std::string> keys; // Each names an item, in the order they are shown.
    std::function<std::expected<Json, Problem>(std::size_t)> show;
    Revision revision = 0; // Of the book that the list is of.
    Date today;
};

// limit, cursor, count, separator, bom, decimal.
std::vector<Parameter> short_list_parameters();

// `head` has the headers that the answer carries in any form.
Reply short_list(const Call& call, const PageTurn& turn, const ShortList& list, Response head);

// Of items that are at hand as they are shown, each named by its member `key`. The list is of that
// line, whose head it is bound to: the instance's own, or a company's.
Reply short_list(const Call& call, const TableShape& shape, JsonArray items, log::LineNumber line,
                 std::string_view key = "id");

} // namespace daybook::api
