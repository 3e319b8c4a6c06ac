#include "api/routing/memento.h"

#include "api/routing/links.h"

#include <array>
#include <fmt/format.h>

namespace daybook::api {
namespace {

constexpr std::array kWeekdays = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"}; // From day 0.
constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::size_t kDateSize = 29;

const char* weekday_of(Date date) {
    return kWeekdays.at(static_cast<std::size_t>((date.days % 7 + 7) % 7));
}

} // namespace

Memento memento_of(const Request& request, Revision revision, Timestamp recorded_at) {
    Memento memento{recorded_at, request.path + query_with(request, "as_of", ""), {}};
    if (!request.parameter("as_of"))
        memento.content_location =
            request.path + query_with(request, "as_of", "@" + std::to_string(revision));
    return memento;
}

void add_headers(Response& response, const Memento& memento) {
    response.headers.emplace_back("Memento-Datetime", to_http_date(memento.recorded_at));
    response.headers.emplace_back("Link", link(memento.original, "original timegate"));
    if (!memento.content_location.empty())
        response.headers.emplace_back("Content-Location", memento.content_location);
}

std::string to_http_date(Timestamp at) {
    const std::string text = to_text(at); // 2026-03-31T22:00:00.123456Z
    const Date date = parse_date(std::string_view(text).substr(0, 10)).value_or(Date{});
    const YearMonthDay day = civil(date);
    return fmt::format("{}, {:02} {} {:04} {} GMT", weekday_of(date), day.day,
                       kMonths.at(static_cast<std::size_t>(day.month - 1)), day.year,
                       text.substr(11, 8));
}

std::optional<Timestamp> parse_http_date(std::string_view text) {
    if (text.size() != kDateSize)
        return std::nullopt;
    for (std::size_t month = 0; month < kMonths.size(); ++month) {
        if (text.substr(8, 3) != kMonths.at(month))
            continue;
        const auto at =
            parse_timestamp(fmt::format("{}-{:02}-{}T{}Z", text.substr(12, 4), month + 1,
                                        text.substr(5, 2), text.substr(17, 8)));
        // Whatever is not as we would write it is none.
        if (at && to_http_date(*at) == text)
            return *at;
    }
    return std::nullopt;
}

} // namespace daybook::api
