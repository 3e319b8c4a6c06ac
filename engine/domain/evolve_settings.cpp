// Series, tax rates, terms, money accounts; locks and closings of periods.
#include "engine/domain/evolution.h"

namespace daybook::domain {

SeriesState begin(const SeriesDefined& event) { return {.series = event.series}; }
void change(SeriesState& series, const SeriesChanged& event) { series.series = event.series; }
void change(SeriesState&, const SeriesAdvanced&) {}
void change(SeriesState& series, const SeriesClosed&) { series.closed = true; }

TaxRateState begin(const TaxRateDefined& event) { return {.definition = event}; }
void change(TaxRateState& rate, const TaxRateRetired&) { rate.retired = true; }

TermsState begin(const TermsDefined& event) { return {event}; }
void change(TermsState& terms, const TermsDefined& event) { terms.definition = event; }

MoneyAccountState begin(const MoneyAccountDefined& event) { return {.definition = event}; }
void change(MoneyAccountState& account, const MoneyAccountRetired&) { account.retired = true; }

PeriodState begin(const PeriodLocked& event) { return {.through = event.through}; }
PeriodState begin(const PeriodClosed& event) { return {.through = event.to}; }
void change(PeriodState& period, const PeriodUnlocked&) { period.lifted = true; }

} // namespace daybook::domain
