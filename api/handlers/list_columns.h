// The columns of a list that is written as a table: member names, dots leading into objects, and of
// what kind each is, told by the schema of the items.
#pragma once

#include "api/schema.h"

#include <span>
#include <string_view>
#include <vector>

namespace daybook::api {

// `json`: an array or an object, in its own notation, for it may hold any number of things.
enum class ColumnKind { text, number, date, truth, whole, json };

struct Column {
    std::string_view name;
    ColumnKind kind = ColumnKind::text;
};

std::vector<Column> columns_of(std::span<const std::string_view> names, const Schema& items);
// Null where the item has nothing there.
const Json* value_at(const Json& item, std::string_view name);

// What a spreadsheet would take for a formula gets an apostrophe in front; defused() puts it there,
// undefused() takes off one that it would have put.
std::string defused(std::string text);
std::string undefused(std::string text);

} // namespace daybook::api
