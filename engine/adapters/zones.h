// Time zones, from the system's own database (tzdata), by Howard Hinnant's library.
#pragma once

#include "events/base/result.h"
#include "events/calendar.h"

#include <optional>
#include <string>
#include <string_view>

namespace daybook {

// The date on the wall in that zone at that instant; nothing when the database has no such zone.
std::optional<Date> local_date(Timestamp at, const std::string& zone);

// The instant at which walls in that zone showed that date and second of the day. Of two such
// instants the earlier; in an hour that was skipped, its end. ErrorKind::invalid for no such zone.
Result<Timestamp> instant_of(std::string_view zone, Date date, std::int32_t second_of_day);

} // namespace daybook
