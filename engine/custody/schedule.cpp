#include "engine/custody/schedule.h"

#include "events/base/reflect.h"

#include <algorithm>
#include <charconv>

namespace daybook::custody {
namespace {

constexpr int kDaysAheadMax = 63; // Two months and a day: no pace waits longer.
constexpr std::int64_t kDayMicros = 86'400'000'000;

int weekday_of(Date date) { return ((date.days + 3) % 7 + 7) % 7 + 1; } // Day 0 was a Thursday.

bool falls_on(const Schedule& schedule, Pace pace, Date date) {
    switch (pace) {
    case Pace::never:
        return false;
    case Pace::daily:
        return true;
    case Pace::weekly:
        return weekday_of(date) == schedule.weekday;
    case Pace::monthly:
        return civil(date).day == std::min(schedule.day, civil(end_of_month(date)).day);
    }
    return false;
}

void read_number(const std::string& text, int& number) {
    std::from_chars(text.data(), text.data() + text.size(), number);
}

} // namespace

std::vector<NamedText> to_options(const Schedule& schedule) {
    return {{"every", std::string(enum_name(schedule.every))},
            {"hour", std::to_string(schedule.hour)},
            {"weekday", std::to_string(schedule.weekday)},
            {"day", std::to_string(schedule.day)},
            {"keep_count", std::to_string(schedule.keep_count)},
            {"keep_days", std::to_string(schedule.keep_days)},
            {"attachments", schedule.attachments ? "true" : "false"},
            {"emails", schedule.emails ? "true" : "false"},
            {"drill", std::string(enum_name(schedule.drill))}};
}

Schedule schedule_of(const CustodyNoted& noted) {
    Schedule schedule;
    schedule.target = noted.target;
    for (const auto& [name, value] : noted.options) {
        if (name == "every")
            boost::describe::enum_from_string(value.c_str(), schedule.every);
        else if (name == "drill")
            boost::describe::enum_from_string(value.c_str(), schedule.drill);
        else if (name == "hour")
            read_number(value, schedule.hour);
        else if (name == "weekday")
            read_number(value, schedule.weekday);
        else if (name == "day")
            read_number(value, schedule.day);
        else if (name == "keep_count")
            read_number(value, schedule.keep_count);
        else if (name == "keep_days")
            read_number(value, schedule.keep_days);
        else if (name == "attachments")
            schedule.attachments = value == "true";
        else if (name == "emails")
            schedule.emails = value == "true";
    }
    return schedule;
}

std::optional<Timestamp> next_due(const Schedule& schedule, Pace pace, const std::string& zone,
                                  Timestamp after, const Walls& walls) {
    const auto today = walls.date(after, zone);
    if (!today || pace == Pace::never)
        return std::nullopt;
    for (int ahead = 0; ahead <= kDaysAheadMax; ++ahead) {
        const Date date = add_days(*today, ahead);
        if (!falls_on(schedule, pace, date))
            continue;
        const auto due = walls.instant(zone, date, schedule.hour * 3'600);
        if (!due)
            return std::nullopt;
        if (*due > after)
            return *due;
    }
    return std::nullopt;
}

std::vector<std::size_t> outdated(const Schedule& schedule, const std::vector<Timestamp>& made_at,
                                  Timestamp now) {
    std::vector<std::size_t> old;
    if (schedule.keep_count == 0 && schedule.keep_days == 0)
        return old;
    const auto keeps_count = static_cast<std::size_t>(schedule.keep_count);
    for (std::size_t i = 1; i < made_at.size(); ++i) {
        const bool by_count = schedule.keep_count != 0 && i < keeps_count;
        const bool by_age = schedule.keep_days != 0
                            && now.micros - made_at[i].micros <= schedule.keep_days * kDayMicros;
        if (!by_count && !by_age)
            old.push_back(i);
    }
    return old;
}

} // namespace daybook::custody
