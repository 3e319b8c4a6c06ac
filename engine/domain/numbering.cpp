#include "engine/domain/numbering.h"

#include "engine/domain/outcome.h"
#include "engine/domain/period.h"
#include "events/base/check.h"
#include "events/base/planted.h"
#include "events/base/reflect.h"

#include <algorithm>
#include <fmt/format.h>
#include <variant>
#include <vector>

namespace daybook::domain {
namespace {

constexpr std::uint64_t kSequenceMax = 999'999'999'999'999; // Fits every reader's integer.
constexpr int kWidthMax = 15;
constexpr std::string_view kSandboxPrefix = "TEST-";

enum class DatePart { year, short_year, month };
struct Sequence {
    int width;

    bool operator==(const Sequence&) const = default;
};
using Part = std::variant<std::string, DatePart, Sequence>;

bool is_allowed(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+'
           || c == '-' || c == '_' || c == '/';
}

// What stands between braces.
std::optional<Part> parse_field(std::string_view field) {
    if (field == "yyyy")
        return DatePart::year;
    if (field == "yy")
        return DatePart::short_year;
    if (field == "mm")
        return DatePart::month;
    if (field == "n")
        return Sequence{1};
    if (!field.starts_with("n:") || field.size() < 3 || field.size() > 4)
        return {};
    int width = 0;
    for (const char c : field.substr(2)) {
        if (c < '0' || c > '9')
            return {};
        width = width * 10 + (c - '0');
    }
    if (width < 1 || width > kWidthMax)
        return {};
    return Sequence{width};
}

std::expected<std::vector<Part>, std::string> parse(std::string_view pattern) {
    std::vector<Part> parts;
    while (!pattern.empty()) {
        if (pattern.front() == '{') {
            const std::size_t close = pattern.find('}');
            if (close == pattern.npos)
                return std::unexpected("a brace is not closed");
            const auto field = parse_field(pattern.substr(1, close - 1));
            if (!field)
                return std::unexpected(
                    fmt::format("{} is none of {{yyyy}}, {{yy}}, {{mm}}, {{n:6}}",
                                pattern.substr(0, close + 1)));
            parts.push_back(*field);
            pattern.remove_prefix(close + 1);
            continue;
        }
        const std::string_view text = pattern.substr(0, pattern.find('{'));
        if (!std::ranges::all_of(text, is_allowed))
            return std::unexpected(fmt::format("\"{}\" holds more than A-Z a-z 0-9 + - _ /", text));
        parts.emplace_back(std::string(text));
        pattern.remove_prefix(text.size());
    }
    return parts;
}

bool holds(const std::vector<Part>& parts, DatePart wanted) {
    return std::ranges::count(parts, Part(wanted)) > 0;
}

std::string write(const Part& part, const YearMonthDay& day, std::uint64_t sequence) {
    if (const auto* text = std::get_if<std::string>(&part))
        return *text;
    if (const auto* number = std::get_if<Sequence>(&part))
        return fmt::format("{:0{}}", sequence, number->width);
    switch (std::get<DatePart>(part)) {
    case DatePart::year:
        return fmt::format("{:04}", day.year);
    case DatePart::short_year:
        return fmt::format("{:02}", day.year % 100);
    case DatePart::month:
        return fmt::format("{:02}", day.month);
    }
    return {};
}

Refusal date_refusal(Code code, Date issued_on, std::string_view fact, Date other) {
    return {
        code,
        {},
        {{"/issued_on", code, fmt::format("{} against {}", to_text(issued_on), to_text(other))}},
        {{std::string(fact), to_text(other)}}};
}

} // namespace

SeriesPosition farther(SeriesPosition a, const SeriesPosition& b) {
    return {planted("a number is given again") ? a.last : std::max(a.last, b.last),
            std::max(a.last_issued_on, b.last_issued_on)};
}

std::optional<std::string> pattern_fault(std::string_view pattern, SeriesReset reset) {
    const auto parts = parse(pattern);
    if (!parts)
        return parts.error();
    const auto sequences = std::ranges::count_if(
        *parts, [](const Part& part) { return std::holds_alternative<Sequence>(part); });
    if (sequences != 1)
        return "a pattern holds {n} once";
    const bool year = holds(*parts, DatePart::year) || holds(*parts, DatePart::short_year);
    if (reset != SeriesReset::never && !year)
        return "a series that begins again each year or month names the year";
    if (reset == SeriesReset::monthly && !holds(*parts, DatePart::month))
        return "a series that begins again each month names the month";
    if (format_number(pattern, Date{}, 1).size() > kNumberLengthMax)
        return fmt::format("a number has at most {} characters", kNumberLengthMax);
    return {};
}

std::optional<Refusal> series_refused(const SeriesTerms& series) {
    Faults faults;
    if (auto fault = pattern_fault(series.pattern, series.reset))
        faults.push_back({"/pattern", Code::series_pattern_invalid, *std::move(fault)});
    if (series.next < 1 || series.next > kSequenceMax)
        faults.push_back({"/next", Code::out_of_range, fmt::format("from 1 to {}", kSequenceMax)});
    if (faults.empty())
        return {};
    return refuse_for(std::move(faults)).error();
}

std::string period_of(SeriesReset reset, Date date) {
    switch (reset) {
    case SeriesReset::never:
        return {};
    case SeriesReset::yearly:
        return to_text(date).substr(0, 4);
    case SeriesReset::monthly:
        return to_text(date).substr(0, 7);
    }
    return {};
}

std::string format_number(std::string_view pattern, Date issued_on, std::uint64_t sequence) {
    const auto parts = parse(pattern);
    CHECK(parts.has_value(), "a series has a pattern that was accepted");
    std::string number;
    for (const Part& part : *parts)
        number += write(part, civil(issued_on), sequence);
    return number;
}

std::expected<SeriesId, Refusal> choose_series(const Books& books, std::optional<SeriesId> wanted,
                                               DocumentKind kind) {
    if (wanted) {
        const SeriesState* series = books.series(*wanted);
        if (!series || series->series.document_kind != kind)
            return refuse(Code::series_not_found, {},
                          {{"/series_id", Code::series_not_found, enum_name(kind)}});
        if (series->closed)
            return refuse(Code::series_closed, {}, {{"/series_id", Code::series_closed, {}}});
        return *wanted;
    }
    // Ids are in the order of making.
    std::vector<Uuid> ids = books.all(EntityKind::series);
    std::ranges::sort(ids);
    for (const Uuid& id : ids) {
        const SeriesState* series = books.series({id});
        if (series && !series->closed && series->series.document_kind == kind)
            return SeriesId{id};
    }
    return refuse(Code::series_not_found, fmt::format("no open series for {}", enum_name(kind)));
}

std::optional<Refusal> issue_date_refused(const Books& books, SeriesId series, Date issued_on,
                                          Date today) {
    const std::optional<Date> last = books.series_last_issued_on(series);
    if (last && issued_on < *last)
        return date_refusal(Code::issued_before_last, issued_on, "last_issued_on", *last);
    if (issued_on > today)
        return date_refusal(Code::issued_in_future, issued_on, "today", today);
    if (const Allowed open = not_locked(books, issued_on, "/issued_on"); !open)
        return open.error();
    return {};
}

std::expected<NextNumber, Refusal> next_number(const Books& books, SeriesId series_id,
                                               Date issued_on, BookMode mode) {
    const SeriesState* series = books.series(series_id);
    CHECK(series, "a number is drawn from a series that exists");
    const SeriesTerms& terms = series->series;
    NextNumber next{series_id, period_of(terms.reset, issued_on), 0, {}};
    next.sequence = books.series_position(series_id, next.period).last + 1;
    // `next` is where a series starts. Once it has issued, its position leads, so that a series
    // that began at 500 does not begin at 500 again each January.
    if (terms.reset == SeriesReset::never || !books.series_last_issued_on(series_id))
        next.sequence = std::max(next.sequence, terms.next);
    if (mode == BookMode::sandbox)
        next.number = kSandboxPrefix;
    next.number += format_number(terms.pattern, issued_on, next.sequence);
    if (next.number.size() > kNumberLengthMax || next.sequence > kSequenceMax)
        return refuse(Code::number_invalid,
                      fmt::format("{} has more than {} characters", next.number, kNumberLengthMax));
    return next;
}

} // namespace daybook::domain
