#include "engine/domain/series.h"

#include "engine/domain/claims.h"
#include "engine/domain/numbering.h"
#include "engine/domain/unique.h"
#include "events/base/check.h"

namespace daybook::domain {
namespace {

Faults faults_of(const SeriesTerms& series) {
    Faults faults;
    if (series.document_kind == DocumentKind::deposit)
        faults.push_back({"/document_kind", Code::not_supported_yet, {}});
    if (std::optional<Refusal> refusal = series_refused(series))
        faults.insert(faults.end(), refusal->faults.begin(), refusal->faults.end());
    return faults;
}

std::uint64_t last_number(const Books& books, SeriesId id, const SeriesTerms& series, Date today) {
    return books.series_position(id, period_of(series.reset, today)).last;
}

bool is_used(const Books& books, SeriesId id, std::uint64_t last) {
    return last > 0 || books.series_last_issued_on(id);
}

// A series is bound by numbers given out here, and by floors that were set when it was activated.
// Another kind, reset or pattern would give numbers out a second time, or leave the pattern to a
// series that does. A wider {n:6} is fine.
void check_change(const Books& books, SeriesId id, const SeriesTerms& before,
                  const SeriesTerms& after, Date today, Faults& faults) {
    const std::uint64_t last = last_number(books, id, before, today);
    const auto bound = [&](bool changed, const char* pointer) {
        if (changed)
            faults.push_back({pointer, Code::invalid_input, "documents bear its numbers"});
    };
    if (is_used(books, id, last)) {
        bound(after.document_kind != before.document_kind, "/document_kind");
        bound(after.reset != before.reset, "/reset");
        bound(series_pattern_claim(after.pattern) != series_pattern_claim(before.pattern),
              "/pattern");
    }
    if (after.next != before.next && after.next <= last)
        faults.push_back(
            {"/next", Code::out_of_range, "numbers were given out up to " + std::to_string(last)});
}

// `next` is where a series starts; one in use goes on from its last number. Raising it leaves
// numbers out, as the fact that readers and auditors of the series will look for.
std::optional<SeriesAdvanced> advance(const Books& books, SeriesId id, const SeriesTerms& before,
                                      const SeriesTerms& after, Date today) {
    const std::uint64_t last = last_number(books, id, before, today);
    if (after.next == before.next || after.next <= last + 1 || !is_used(books, id, last))
        return {};
    return SeriesAdvanced{period_of(before.reset, today), last + 1, after.next - 1, {}};
}

} // namespace

Decision decide(const Books& books, const DefineSeries& command, const Circumstances&) {
    CHECK(!books.find(ref(command.id)), "the id of a new series is new");
    TRY(together(faults_of(command.series),
                 free_for(books, series_pattern_claim(command.series.pattern), ref(command.id),
                          "/pattern")));
    return happens(ref(command.id), SeriesDefined{command.series});
}

Decision decide(const Books& books, const ChangeSeries& command,
                const Circumstances& circumstances) {
    const SeriesState* series = books.series(command.id);
    if (!series)
        return refuse(Code::series_not_found);
    if (series->closed)
        return refuse(Code::series_closed);
    if (series->series == command.series)
        return nothing_happens();
    Faults faults = faults_of(command.series);
    check_change(books, command.id, series->series, command.series, circumstances.today, faults);
    const auto advanced =
        advance(books, command.id, series->series, command.series, circumstances.today);
    if (advanced && blank(command.reason))
        faults.push_back({"/reason", Code::reason_required, "numbers are left out"});
    TRY(together(std::move(faults), free_for(books, series_pattern_claim(command.series.pattern),
                                             ref(command.id), "/pattern")));
    std::vector<NewEvent> events{{ref(command.id), SeriesChanged{command.series}}};
    if (advanced)
        events.push_back({ref(command.id), *advanced});
    return events;
}

Decision decide(const Books& books, const CloseSeries& command, const Circumstances&) {
    const SeriesState* series = books.series(command.id);
    if (!series)
        return refuse(Code::series_not_found);
    if (series->closed)
        return refuse(Code::series_closed);
    return happens(ref(command.id), SeriesClosed{command.reason});
}

} // namespace daybook::domain
