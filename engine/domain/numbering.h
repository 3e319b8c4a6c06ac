// Numbers of documents: chronological, continuous, unique (domain.md 1, "Series").
//
// A pattern is text with exactly one {n:W} (the sequence, at least W digits) and any of {yyyy},
// {yy}, {mm} (of the date of issue). A series that begins again each year or month must say which,
// or its numbers would come twice. All parts but {n} have one width, so a number is never read two
// ways.
#pragma once

#include "engine/domain/books.h"
#include "engine/domain/refusal.h"

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace daybook::domain {

inline constexpr std::size_t kNumberLengthMax = 35; // Of [A-Za-z0-9+-_/].

struct NextNumber {
    SeriesId series_id;
    std::string period;
    std::uint64_t sequence = 0;
    std::string number;

    bool operator==(const NextNumber&) const = default;
};

// Why a pattern cannot number a series with that reset, in words; nothing when it can.
std::optional<std::string> pattern_fault(std::string_view pattern, SeriesReset reset);
// For DefineSeries and ChangeSeries: series_pattern_invalid or out_of_range, with the pointer.
std::optional<Refusal> series_refused(const SeriesTerms& series);

// "2026", "2026-03", or "" for a series that never begins again.
std::string period_of(SeriesReset reset, Date date);
// The pattern is one that pattern_fault() accepts.
std::string format_number(std::string_view pattern, Date issued_on, std::uint64_t sequence);

// The series asked for, else the first open one for that kind: series_not_found, series_closed.
std::expected<SeriesId, Refusal> choose_series(const Books& books, std::optional<SeriesId> wanted,
                                               DocumentKind kind);
// A document of that series may bear that date: issued_before_last, issued_in_future,
// period_locked, in this order.
std::optional<Refusal> issue_date_refused(const Books& books, SeriesId series, Date issued_on,
                                          Date today);
// number_invalid when it grew too long. In a sandbox it begins with "TEST-", so that no paper of a
// copy is ever taken for one of the original.
std::expected<NextNumber, Refusal> next_number(const Books& books, SeriesId series, Date issued_on,
                                               BookMode mode);

} // namespace daybook::domain
