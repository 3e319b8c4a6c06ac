// Payments: recorded with or without allocations, allocated, refunded, reversed. Always
// amount = allocated + refunded + unallocated, each >= 0, in the payment's own currency.
//
//   unallocated <-> partially_allocated <-> allocated
//   Refund takes from what is unallocated, and reversing the refund gives it back.
//   Reverse -> reversed, final: it ends every live allocation; refused while a refund lives.
#pragma once

#include "engine/domain/outcome.h"

namespace daybook::domain {

// Without a currency it is that of the first allocated invoice, else the client's, else the
// company's. Every allocation that does not fit is named, /allocations/<i>/amount.
Decision decide(const Books& books, const RecordPayment& command, const Circumstances&);
Decision decide(const Books& books, const AllocatePayment& command, const Circumstances&);
Decision decide(const Books& books, const UnallocatePayment& command, const Circumstances&);
Decision decide(const Books& books, const RefundPayment& command, const Circumstances&);
Decision decide(const Books& books, const ReverseRefund& command, const Circumstances&);
Decision decide(const Books& books, const ReversePayment& command, const Circumstances&);
// At any time, also after a reversal.
Decision decide(const Books& books, const AnnotatePayment& command, const Circumstances&);

} // namespace daybook::domain
