// When the books of a company are backed up by themselves, how long such backups are kept, and
// where each is copied to. Pure: which instant a wall shows an hour at is asked of `Walls`.
#pragma once

#include "events/company_events.h"
#include "events/record_keeping_events.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace daybook::custody {

BOOST_DEFINE_ENUM_CLASS(Pace, never, daily, weekly, monthly)

// What every company has until it is told otherwise.
struct Schedule {
    Pace every = Pace::daily;
    int hour = 2;        // 0 to 23, on walls in the company's zone.
    int weekday = 7;     // Weekly: 1 is Monday, 7 is Sunday (ISO 8601).
    int day = 1;         // Monthly: 1 to 31; the last day of a month that is shorter.
    int keep_count = 30; // Backups that a schedule made, 0 = any number.
    int keep_days = 0;   // 0 = for ever. Both given: what either keeps is kept.
    bool attachments = true;
    bool emails = true;
    std::string target;        // A directory that each is copied to; empty = none.
    Pace drill = Pace::weekly; // How often the newest is restored aside and compared.

    bool operator==(const Schedule&) const = default;
};

// As ScheduleSet keeps it, and back; what it does not name is as in Schedule{}.
std::vector<NamedText> to_options(const Schedule& schedule);
Schedule schedule_of(const CustodyNoted& noted);

// How a zone's walls and the world's clock belong together (engine/adapters/zones.h).
struct Walls {
    std::function<std::optional<Date>(Timestamp at, const std::string& zone)> date;
    std::function<Result<Timestamp>(std::string_view zone, Date date, std::int32_t second)> instant;
};

// The first moment after `after` at which the pace asks for something; nothing when it never does,
// or when there is no such zone. An hour that a change of clocks skips comes at its end, one that
// it repeats comes once.
std::optional<Timestamp> next_due(const Schedule& schedule, Pace pace, const std::string& zone,
                                  Timestamp after, const Walls& walls);

// Which of these backups, made at those moments, newest first, need no longer be kept. The newest
// always is.
std::vector<std::size_t> outdated(const Schedule& schedule, const std::vector<Timestamp>& made_at,
                                  Timestamp now);

} // namespace daybook::custody
