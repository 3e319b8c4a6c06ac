#include "engine/adapters/zones.h"

#include <date/tz.h>
#include <exception>

namespace daybook {
namespace {

using Micros = std::chrono::microseconds;

} // namespace

// The library throws for a name it does not know, and for a database that it cannot read.
std::optional<Date> local_date(Timestamp at, const std::string& zone) try {
    const auto local =
        date::locate_zone(zone)->to_local(std::chrono::sys_time<Micros>(Micros(at.micros)));
    const auto days = std::chrono::floor<std::chrono::days>(local);
    return Date{static_cast<std::int32_t>(days.time_since_epoch().count())};
} catch (const std::exception&) {
    return std::nullopt;
}

Result<Timestamp> instant_of(std::string_view zone, Date date, std::int32_t second_of_day) try {
    const date::local_time<Micros> local{
        Micros(std::chrono::days(date.days) + std::chrono::seconds(second_of_day))};
    const auto instant =
        date::locate_zone(std::string(zone))->to_sys(local, date::choose::earliest);
    return Timestamp{instant.time_since_epoch().count()};
} catch (const std::exception&) {
    return fail(ErrorKind::invalid, "no time zone '" + std::string(zone) + "'");
}

} // namespace daybook
