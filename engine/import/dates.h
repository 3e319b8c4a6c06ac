// Dates as people and spreadsheets write them: "12/1/10 8:26", "2010-12-01", "01.12.2010". The
// order of day, month and year is a fact of the whole file, never of a single value.
#pragma once

#include "engine/import/import_options.h"
#include "events/calendar.h"

#include <compare>
#include <optional>
#include <string_view>

namespace daybook::import {

// What a wall clock and a calendar showed, in a zone that the text does not name.
struct WallTime {
    Date date;
    std::optional<std::int32_t> second_of_day; // None where the text has a date only.

    auto operator<=>(const WallTime&) const = default;
};

// One or two digits for day and month, two or four for the year, the same mark ('/', '-' or '.')
// between them; 70-99 are of the last century. Then, after a blank or 'T', an hour and minute,
// perhaps seconds, AM or PM. The error says what is wrong in a few words.
Result<WallTime> parse_wall_time(std::string_view text, DateOrder order);

} // namespace daybook::import
