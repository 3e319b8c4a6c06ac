#include "engine/domain/settled.h"

#include "events/base/check.h"

namespace daybook::domain {
namespace {

Amount live_for(InvoiceId invoice, const std::vector<AllocationEntry>& entries) {
    Amount sum;
    for (const AllocationEntry& entry : entries)
        if (entry.allocation.invoice_id == invoice && !entry.ended_on)
            sum += entry.allocation.amount;
    return sum;
}

} // namespace

Settled settled(const Books& books, InvoiceId invoice) {
    Settled sums;
    for (const EntityRef& thing : books.touching({EntityKind::invoice, invoice.value})) {
        if (const auto* payment = books.get<PaymentState>(thing.kind, thing.id))
            sums.paid += live_for(invoice, payment->allocations);
        if (const auto* note = books.get<CreditNoteState>(thing.kind, thing.id))
            sums.credited += live_for(invoice, note->allocations);
    }
    return sums;
}

Amount due_now(const Books& books, InvoiceId invoice) {
    const InvoiceState* state = books.invoice(invoice);
    CHECK(state, "what is due is asked of an invoice that exists");
    return due(*state, settled(books, invoice));
}

} // namespace daybook::domain
