// Dates of the business and instants of the log. A date has no zone and no clock; an instant is
// microseconds since 1970 UTC. Which date an instant falls on is asked of engine/command/zones.h.
#pragma once

#include "events/base/result.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace daybook {

struct Date {
    std::int32_t days = 0; // Since 1970-01-01, proleptic Gregorian.

    auto operator<=>(const Date&) const = default;
};

// No date of the books is outside these: the years 1900 to 2999.
inline constexpr Date kFirstDate{-25'567};
inline constexpr Date kLastDate{376'199};

struct Timestamp {
    std::int64_t micros = 0; // Since 1970-01-01T00:00:00Z, without leap seconds.

    auto operator<=>(const Timestamp&) const = default;
};

struct YearMonthDay {
    int year;
    int month;
    int day;
};

YearMonthDay civil(Date date);
// Refuses 30 February and what is outside kFirstDate to kLastDate.
Result<Date> make_date(int year, int month, int day);
Date add_days(Date date, int days);
Date end_of_month(Date date);

std::string to_text(Date date);                           // 2026-03-31
Result<Date> parse_date(std::string_view text);           // exactly that form
std::string to_text(Timestamp at);                        // 2026-03-31T22:00:00.123456Z
Result<Timestamp> parse_timestamp(std::string_view text); // RFC 3339, any offset, 0-6 decimals
Timestamp start_of(Date date);                            // Midnight UTC.

} // namespace daybook
