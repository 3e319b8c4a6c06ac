#include "engine/domain/balance.h"

namespace daybook::domain {
namespace {

Amount live_sum(const std::vector<AllocationEntry>& entries) {
    Amount sum;
    for (const AllocationEntry& entry : entries)
        if (!entry.ended_on)
            sum += entry.allocation.paid_amount;
    return sum;
}

Amount live_sum(const std::vector<RefundEntry>& entries) {
    Amount sum;
    for (const RefundEntry& entry : entries)
        if (!entry.reversed_on)
            sum += entry.refund.amount;
    return sum;
}

} // namespace

// ---- invoice -----------------------------------------------------------------------------------

Amount written_off(const InvoiceState& invoice) {
    Amount sum;
    for (const WriteOffEntry& entry : invoice.write_offs)
        if (!entry.reversed_on)
            sum += entry.write_off.amount;
    return sum;
}

Amount due(const InvoiceState& invoice, const Settled& settled) {
    if (invoice.stage != InvoiceStage::issued)
        return {};
    return invoice.content.totals.payable - settled.paid - settled.credited - written_off(invoice);
}

InvoiceStatus status(const InvoiceState& invoice, const Settled& settled) {
    if (invoice.stage == InvoiceStage::draft)
        return InvoiceStatus::draft;
    if (invoice.stage == InvoiceStage::voided)
        return InvoiceStatus::voided;
    const bool paid = settled.paid > Amount{};
    if (due(invoice, settled) > Amount{})
        return paid ? InvoiceStatus::partially_paid : InvoiceStatus::issued;
    if (paid || invoice.content.totals.payable == Amount{})
        return InvoiceStatus::paid;
    return settled.credited >= written_off(invoice) ? InvoiceStatus::credited
                                                    : InvoiceStatus::written_off;
}

bool overdue(const InvoiceState& invoice, const Settled& settled, Date today) {
    const std::optional<Date>& due_on = invoice.content.document.due_on;
    return due_on && *due_on < today && due(invoice, settled) > Amount{};
}

// ---- credit note -------------------------------------------------------------------------------

Amount allocated(const CreditNoteState& note) { return live_sum(note.allocations); }
Amount refunded(const CreditNoteState& note) { return live_sum(note.refunds); }
Amount remaining(const CreditNoteState& note) {
    return note.content.totals.total - allocated(note) - refunded(note);
}

// One of 0.00 has nothing to give: it is used from the start.
CreditNoteStatus status(const CreditNoteState& note) {
    const Amount left = remaining(note);
    if (left == Amount{})
        return CreditNoteStatus::used;
    return left == note.content.totals.total ? CreditNoteStatus::open
                                             : CreditNoteStatus::partially_used;
}

// ---- payment -----------------------------------------------------------------------------------

Amount allocated(const PaymentState& payment) {
    return payment.reversal ? Amount{} : live_sum(payment.allocations);
}
Amount refunded(const PaymentState& payment) { return live_sum(payment.refunds); }
Amount unallocated(const PaymentState& payment) {
    if (payment.reversal)
        return {};
    return payment.receipt.amount - allocated(payment) - refunded(payment);
}

PaymentStatus status(const PaymentState& payment) {
    if (payment.reversal)
        return PaymentStatus::reversed;
    const Amount back = refunded(payment);
    if (back > Amount{})
        return back == payment.receipt.amount ? PaymentStatus::refunded
                                              : PaymentStatus::partially_refunded;
    if (allocated(payment) == Amount{})
        return PaymentStatus::unallocated;
    return unallocated(payment) == Amount{} ? PaymentStatus::allocated
                                            : PaymentStatus::partially_allocated;
}

} // namespace daybook::domain
