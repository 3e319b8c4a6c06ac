// Numbers as people and spreadsheets write them: "1,234.50", "1.234,50", "1 234,5", "+6". Which
// character is the decimal one is a fact of the whole file, never of a single value.
#pragma once

#include "events/money.h"

#include <string_view>

namespace daybook::import {

// `decimal` is '.' or ','; the other, a blank or an apostrophe may group digits by three. The
// error's text is a code, as parse_decimal() has it.
Result<Decimal> parse_number(std::string_view text, char decimal);

} // namespace daybook::import
