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

// A series is bound by numbers given out here, and by floors that were set when it was activated.
// Another kind, reset or pattern would give numbers out a second time, or leave the pattern to a
// series that does. A wider {n:6} is fine.
void check_change(const Books& books, SeriesId id, const SeriesTerms& before,
                  const SeriesTerms& after, Date today, Faults& faults) {
    const std::uint64_t last = books.series_position(id, period_of(before.reset, today)).last;
    const auto bound = [&](bool changed, const char* pointer) {
        if (changed)
            faults.push_back({pointer, Code::invalid_input, "documents bear its numbers"});
    };
    if (last > 0 || books.series_last_issued_on(id)) {
        bound(after.document_kind != before.document_kind, "/document_kind");
        bound(after.reset != before.reset, "/reset");
        bound(series_pattern_claim(after.pattern) != series_pattern_claim(before.pattern),
              "/pattern");
    }
    if (after.next != before.next && after.next <= last)
        faults.push_back(
            {"/next", Code::out_of_range, "numbers were given out up to " + std::to_string(last)});
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
    TRY(together(std::move(faults), free_for(books, series_pattern_claim(command.series.pattern),
                                             ref(command.id), "/pattern")));
    return happens(ref(command.id), SeriesChanged{command.series});
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
