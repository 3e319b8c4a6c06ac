// Number series as settings: defined, changed, closed. How a number is made is in numbering.h. What
// a series has numbered binds it: no later change may give a number out a second time.
#pragma once

#include "engine/domain/outcome.h"

namespace daybook::domain {

// Its pattern is free (code_taken) and can number a series (series_pattern_invalid).
Decision decide(const Books& books, const DefineSeries& command, const Circumstances&);
// Once used, a series keeps its kind of document, its reset and its pattern but for the width of
// {n:6}, and `next` only goes forward. Another pattern is another series.
Decision decide(const Books& books, const ChangeSeries& command, const Circumstances&);
// For ever; its numbers stay taken.
Decision decide(const Books& books, const CloseSeries& command, const Circumstances&);

} // namespace daybook::domain
