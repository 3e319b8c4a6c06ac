// What a company's figures say on a day: from sums that are kept, and from the open invoices that
// fell due in the month of that day. Both are bounded by what they show, not by the books' age.
#pragma once

#include "projections/rows.h"
#include "projections/snapshot.h"

namespace daybook::projections {

// Amounts of zero are left out; currencies in order of their codes.
Result<Summary> read_summary(const Rows& rows, Date today);
// Clients with anything open, by id and currency. What names no client is under the nil id, so that
// the figures add up to the summary's.
Result<std::vector<Receivable>> read_receivables(const Rows& rows, Date today);

} // namespace daybook::projections
