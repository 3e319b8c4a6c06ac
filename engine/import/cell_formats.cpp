#include "engine/import/cell_formats.h"

#include "events/base/whole_number.h"
#include "events/calendar.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace daybook::import {
namespace {

constexpr std::size_t kStylesMax = 100'000;
constexpr std::size_t kCodesMax = 10'000;
constexpr double kFirstSureDay = 61;       // 1900-03-01.
constexpr double kLastDay = 2'958'465;     // 9999-12-31.
constexpr std::int32_t kDayZero = -25'569; // 1899-12-30, in days since 1970.
constexpr int kDaysTo1904 = 1'462;
constexpr long long kSecondsOfDay = 86'400;

// Behind ';' there are the formats of negative numbers, of zero and of text.
bool shows_a_date(std::string_view code) {
    for (std::size_t at = 0; at < code.size() && code[at] != ';'; ++at)
        switch (code[at]) {
        case '"':
            at = std::min(code.find('"', at + 1), code.size());
            break;
        case '[': // A colour or a language; or a length of time.
            if (code.find_first_not_of("hHmMsS", at + 1) == code.find(']', at + 1))
                return false;
            at = std::min(code.find(']', at + 1), code.size());
            break;
        case '\\':
        case '_':
        case '*':
            ++at; // What follows is shown, or left blank, as it is.
            break;
        default:
            if (std::string_view("yYmMdDhHsS").find(code[at]) != std::string_view::npos)
                return true;
        }
    return false;
}

bool is_between(unsigned id, unsigned first, unsigned last) { return id >= first && id <= last; }

} // namespace

bool is_date_format(unsigned id, std::string_view code) {
    if (!code.empty())
        return shows_a_date(code);
    return is_between(id, 14, 22) || is_between(id, 27, 36) || id == 45 || id == 47
           || is_between(id, 50, 58);
}

void CellFormats::begin(std::string_view name, Attributes attributes) {
    const auto id = whole_number<unsigned>(attribute(attributes, "numFmtId"));
    if (name == "numFmt" && id)
        codes_.emplace(*id, attribute(attributes, "formatCode"));
    else if (name == "cellXfs")
        in_styles_ = true;
    else if (name == "xf" && in_styles_)
        formats_.push_back(id.value_or(0));
}

void CellFormats::end(std::string_view name) {
    if (name == "cellXfs")
        in_styles_ = false;
}

bool CellFormats::goes_on() const {
    return formats_.size() <= kStylesMax && codes_.size() <= kCodesMax;
}

bool CellFormats::is_date(std::string_view style) const {
    const auto place = whole_number<std::size_t>(style);
    if (!place || *place >= formats_.size())
        return false;
    const auto code = codes_.find(formats_[*place]);
    return is_date_format(formats_[*place],
                          code == codes_.end() ? std::string_view() : code->second);
}

std::optional<std::string> date_text(std::string_view number, DayCount from) {
    double count = 0;
    const char* const begin = number.data();
    const char* const end = begin + number.size();
    const auto [stop, problem] = std::from_chars(begin, end, count);
    if (problem != std::errc() || stop != end)
        return std::nullopt;
    if (from == DayCount::from_1904)
        count += kDaysTo1904;
    if (!(count >= kFirstSureDay && count < kLastDay + 1))
        return std::nullopt;
    const long long seconds = std::llround(count * static_cast<double>(kSecondsOfDay));
    const auto day = static_cast<std::int32_t>(seconds / kSecondsOfDay);
    const auto time = static_cast<int>(seconds % kSecondsOfDay);
    const YearMonthDay date = civil(Date{kDayZero + day});
    std::string text = fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
    if (time != 0)
        text += fmt::format(" {:02}:{:02}:{:02}", time / 3600, time / 60 % 60, time % 60);
    return text;
}

} // namespace daybook::import
