#include "events/calendar.h"

#include <charconv>
#include <chrono>
#include <fmt/format.h>

namespace daybook {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;

year_month_day as_chrono(Date date) { return sys_days{std::chrono::days{date.days}}; }

Date from_chrono(year_month_day ymd) {
    return {static_cast<std::int32_t>(sys_days{ymd}.time_since_epoch().count())};
}

// Reads exactly `width` digits and moves on; -1 when they are not there.
int read_digits(std::string_view& text, std::size_t width) {
    if (text.size() < width)
        return -1;
    int value = 0;
    for (std::size_t i = 0; i < width; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(width);
    return value;
}

bool read_char(std::string_view& text, char wanted) {
    if (!text.starts_with(wanted))
        return false;
    text.remove_prefix(1);
    return true;
}

Result<Date> read_date(std::string_view& text) {
    const int year = read_digits(text, 4);
    const bool dash1 = read_char(text, '-');
    const int month = read_digits(text, 2);
    const bool dash2 = read_char(text, '-');
    const int day = read_digits(text, 2);
    if (year < 0 || !dash1 || month < 0 || !dash2 || day < 0)
        return fail(ErrorKind::invalid, "a date has the form 2026-03-31");
    return make_date(year, month, day);
}

// Minutes east of UTC from "Z" or "+02:00"; the rest of the text must be empty after it.
Result<int> read_offset(std::string_view& text) {
    if (read_char(text, 'Z') || read_char(text, 'z'))
        return 0;
    const bool east = text.starts_with('+');
    if (!east && !text.starts_with('-'))
        return fail(ErrorKind::invalid, "an instant ends in Z or an offset like +02:00");
    text.remove_prefix(1);
    const int hours = read_digits(text, 2);
    const bool colon = read_char(text, ':');
    const int minutes = read_digits(text, 2);
    if (hours < 0 || hours > 23 || !colon || minutes < 0 || minutes > 59)
        return fail(ErrorKind::invalid, "an offset has the form +02:00");
    return (east ? 1 : -1) * (hours * 60 + minutes);
}

std::int64_t read_fraction(std::string_view& text) {
    std::int64_t micros = 0;
    int seen = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9' && seen < 6) {
        micros = micros * 10 + (text.front() - '0');
        text.remove_prefix(1);
        ++seen;
    }
    if (seen == 0)
        return -1;
    for (; seen < 6; ++seen)
        micros *= 10;
    return micros;
}

} // namespace

YearMonthDay civil(Date date) {
    const year_month_day ymd = as_chrono(date);
    return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
            static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

Result<Date> make_date(int year, int month, int day) {
    if (year < 1900 || year > 2999)
        return fail(ErrorKind::invalid, "a year is between 1900 and 2999");
    if (month < 1 || month > 12 || day < 1 || day > 31)
        return fail(ErrorKind::invalid, "no such day in the calendar");
    const year_month_day ymd{std::chrono::year{year},
                             std::chrono::month{static_cast<unsigned>(month)},
                             std::chrono::day{static_cast<unsigned>(day)}};
    if (!ymd.ok())
        return fail(ErrorKind::invalid, "no such day in the calendar");
    return from_chrono(ymd);
}

Date add_days(Date date, int days) { return {date.days + days}; }

Date end_of_month(Date date) {
    const year_month_day ymd = as_chrono(date);
    return from_chrono(year_month_day{ymd.year() / ymd.month() / std::chrono::last});
}

std::string to_text(Date date) {
    const YearMonthDay ymd = civil(date);
    return fmt::format("{:04}-{:02}-{:02}", ymd.year, ymd.month, ymd.day);
}

Result<Date> parse_date(std::string_view text) {
    const Date date = TRY(read_date(text));
    if (!text.empty())
        return fail(ErrorKind::invalid, "a date has the form 2026-03-31");
    return date;
}

std::string to_text(Timestamp at) {
    // Towards the past, so that the rest is never negative.
    const std::int64_t day = at.micros / kMicrosPerDay - (at.micros % kMicrosPerDay < 0 ? 1 : 0);
    const std::int64_t rest = at.micros - day * kMicrosPerDay;
    const std::int64_t seconds = rest / kMicrosPerSecond;
    return fmt::format("{}T{:02}:{:02}:{:02}.{:06}Z", to_text(Date{static_cast<std::int32_t>(day)}),
                       seconds / 3600, seconds / 60 % 60, seconds % 60, rest % kMicrosPerSecond);
}

Result<Timestamp> parse_timestamp(std::string_view text) {
    const Date date = TRY(read_date(text));
    const bool separator = read_char(text, 'T') || read_char(text, 't');
    const int hours = read_digits(text, 2);
    const bool colon1 = read_char(text, ':');
    const int minutes = read_digits(text, 2);
    const bool colon2 = read_char(text, ':');
    const int seconds = read_digits(text, 2);
    if (!separator || hours < 0 || hours > 23 || !colon1 || minutes < 0 || minutes > 59 || !colon2
        || seconds < 0 || seconds > 59)
        return fail(ErrorKind::invalid, "an instant has the form 2026-03-31T22:00:00Z");
    std::int64_t fraction = 0;
    if (read_char(text, '.')) {
        fraction = read_fraction(text);
        if (fraction < 0)
            return fail(ErrorKind::invalid, "digits must follow the point");
    }
    const int offset_minutes = TRY(read_offset(text));
    if (!text.empty())
        return fail(ErrorKind::invalid, "an instant has at most six decimals");
    const std::int64_t second_of_day = hours * 3600 + minutes * 60 + seconds - offset_minutes * 60;
    return Timestamp{start_of(date).micros + second_of_day * kMicrosPerSecond + fraction};
}

Timestamp start_of(Date date) { return {date.days * kMicrosPerDay}; }

} // namespace daybook
