// What becomes of a credit note after it was issued: set against invoices, refunded, and either
// taken back. It is never void; total = allocated + refunded + remaining, each >= 0.
//
//   open (remaining = total) <-> partially_used <-> used (nothing remains)
#pragma once

#include "engine/domain/outcome.h"

namespace daybook::domain {

// amount_exceeds_remaining, amount_exceeds_due; only the same client's invoices.
Decision decide(const Books& books, const AllocateCredit& command, const Circumstances&);
Decision decide(const Books& books, const UnallocateCredit& command, const Circumstances&);
Decision decide(const Books& books, const RefundCredit& command, const Circumstances&);
Decision decide(const Books& books, const ReverseCreditRefund& command, const Circumstances&);

} // namespace daybook::domain
