// What stands in a cell of a workbook's XML, as people read it. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace daybook::import {

// The digits that a spreadsheet's number holds; what is written behind them is an artefact of how
// it is stored: 0.1 + 0.2 stands there as 0.30000000000000004, and is 0.3.
inline constexpr std::size_t kCellDigits = 15;

// "1.5E-3" is 0.0015, "0.30000000000000004" is 0.3, "1234.50" is 1234.5: decimal text, never by way
// of a binary number. Nothing where it is no number, or has more than 30 places before or behind
// the point.
std::optional<std::string> number_text(std::string_view cell);

// Characters that XML cannot hold, or changes, stand as _x000D_, and an underscore that could be
// taken for the beginning of one as _x005F_. What was escaped comes back as it was.
std::string escaped(std::string_view text);
std::string unescaped(std::string_view text);

// "B12" is column 2; 0 where it is no place in a sheet.
std::size_t column_of_place(std::string_view place);
// 1 is "A", 28 is "AB".
std::string column_letters(std::size_t column);

} // namespace daybook::import
