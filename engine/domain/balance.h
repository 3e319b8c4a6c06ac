// What payments and credit notes make of an invoice, and the words for it (domain.md 3).
// Used by deciders, by projections at any moment of the past, and by nobody twice.
#pragma once

#include "engine/domain/states.h"

#include <optional>

namespace daybook::domain {

BOOST_DEFINE_ENUM_CLASS(InvoiceStatus, draft, issued, partially_paid, paid, credited, written_off,
                        voided)
BOOST_DEFINE_ENUM_CLASS(CreditNoteStatus, open, partially_used, used)
BOOST_DEFINE_ENUM_CLASS(PaymentStatus, unallocated, partially_allocated, allocated,
                        partially_refunded, refunded, reversed)

// Sums of live allocations to one invoice.
struct Settled {
    Amount paid;
    Amount credited;

    bool operator==(const Settled&) const = default;
};
BOOST_DESCRIBE_STRUCT(Settled, (), (paid, credited))

Amount written_off(const InvoiceState& invoice);
// payable − paid − credited − written off; 0 for drafts and voided ones.
Amount due(const InvoiceState& invoice, const Settled& settled);
InvoiceStatus status(const InvoiceState& invoice, const Settled& settled);
// due > 0 and due_on < today.
bool overdue(const InvoiceState& invoice, const Settled& settled, Date today);

Amount allocated(const CreditNoteState& note);
Amount refunded(const CreditNoteState& note);
Amount remaining(const CreditNoteState& note);
CreditNoteStatus status(const CreditNoteState& note);

Amount allocated(const PaymentState& payment); // 0 once reversed.
Amount refunded(const PaymentState& payment);
Amount unallocated(const PaymentState& payment); // 0 once reversed.
PaymentStatus status(const PaymentState& payment);

} // namespace daybook::domain
