#include "engine/import/dates.h"

#include "engine/import/text.h"

#include <array>

namespace daybook::import {
namespace {

struct Digits {
    int value = 0;
    std::size_t count = 0;
};

Digits take_digits(std::string_view& text) {
    Digits digits;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9' && digits.count < 5;
         text.remove_prefix(1)) {
        digits.value = digits.value * 10 + (text.front() - '0');
        ++digits.count;
    }
    return digits;
}

bool take(std::string_view& text, char wanted) {
    if (!text.starts_with(wanted))
        return false;
    text.remove_prefix(1);
    return true;
}

// A year of two digits: 70-99 are 1970-1999, 00-69 are 2000-2069.
Result<int> full_year(Digits year) {
    if (year.count == 4)
        return year.value;
    if (year.count != 2)
        return fail(ErrorKind::invalid, "a year has two or four digits");
    return year.value + (year.value < 70 ? 2000 : 1900);
}

Result<Date> take_date(std::string_view& text, DateOrder order) {
    std::array<Digits, 3> parts;
    char mark = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i == 1 && !text.empty())
            mark = text.front();
        if (i > 0 && ((mark != '/' && mark != '-' && mark != '.') || !take(text, mark)))
            return fail(ErrorKind::invalid, "not a date");
        parts[i] = take_digits(text);
    }
    const auto [day, month, year] =
        order == DateOrder::mdy   ? std::array{parts[1], parts[0], parts[2]}
        : order == DateOrder::dmy ? parts
                                  : std::array{parts[2], parts[1], parts[0]};
    if (day.count < 1 || day.count > 2 || month.count < 1 || month.count > 2)
        return fail(ErrorKind::invalid, "a day and a month have one or two digits");
    return make_date(TRY(full_year(year)), month.value, day.value);
}

// Hour on the clock of 24 from an hour and what follows it: "AM", "pm", or nothing.
std::optional<int> hour_of(int hour, std::string_view half) {
    const std::string name = folded(half);
    if (name.empty() && half.empty())
        return hour <= 23 ? std::optional(hour) : std::nullopt;
    if ((name != "am" && name != "pm") || hour < 1 || hour > 12)
        return std::nullopt;
    return hour % 12 + (name == "pm" ? 12 : 0);
}

Result<std::int32_t> parse_clock(std::string_view text) {
    const auto no = [] { return fail(ErrorKind::invalid, "not a time of day"); };
    const Digits hour = take_digits(text);
    if (hour.count < 1 || hour.count > 2 || !take(text, ':'))
        return no();
    const Digits minute = take_digits(text);
    const bool has_seconds = take(text, ':');
    const Digits second = has_seconds ? take_digits(text) : Digits{0, 2};
    const auto full_hour = hour_of(hour.value, trimmed(text));
    if (!full_hour || minute.count != 2 || minute.value > 59 || second.count != 2
        || second.value > 59)
        return no();
    return *full_hour * 3600 + minute.value * 60 + second.value;
}

} // namespace

Result<WallTime> parse_wall_time(std::string_view text, DateOrder order) {
    text = trimmed(text);
    const Date date = TRY(take_date(text, order));
    if (text.empty())
        return WallTime{date, std::nullopt};
    if (!take(text, ' ') && !take(text, 'T'))
        return fail(ErrorKind::invalid, "not a date");
    return WallTime{date, TRY(parse_clock(text))};
}

} // namespace daybook::import
