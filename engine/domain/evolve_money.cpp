// Credit notes and payments: what is set against invoices and what is given back. An allocation or
// refund that has ended stays listed, with the date.
#include "engine/domain/evolution.h"

namespace daybook::domain {
namespace {

void end_allocation(std::vector<AllocationEntry>& entries, AllocationId id, Date on) {
    for (AllocationEntry& entry : entries)
        if (entry.allocation.id == id && !entry.ended_on)
            entry.ended_on = on;
}

void reverse_refund(std::vector<RefundEntry>& entries, RefundId id, Date on) {
    for (RefundEntry& entry : entries)
        if (entry.refund.id == id && !entry.reversed_on)
            entry.reversed_on = on;
}

PaymentState payment_of(const Receipt& receipt) {
    PaymentState payment;
    payment.receipt = receipt;
    for (const Allocation& allocation : receipt.allocations)
        payment.allocations.push_back({allocation, {}});
    return payment;
}

} // namespace

CreditNoteState begin(const CreditNoteIssued& event) {
    return {.content = event.frozen, .credits = event.credits, .credit_kind = event.credit_kind};
}
CreditNoteState begin(const CreditNoteImported& event) {
    return {.imported = true,
            .content = event.imported.frozen,
            .credits = event.credits,
            .credit_kind = event.credit_kind};
}
void change(CreditNoteState& note, const CreditAllocated& event) {
    note.allocations.push_back({event.allocation, {}});
}
void change(CreditNoteState& note, const CreditUnallocated& event) {
    end_allocation(note.allocations, event.allocation_id, event.on);
}
void change(CreditNoteState& note, const CreditRefunded& event) {
    note.refunds.push_back({event.refund, {}});
}
void change(CreditNoteState& note, const CreditRefundReversed& event) {
    reverse_refund(note.refunds, event.refund_id, event.on);
}

PaymentState begin(const PaymentRecorded& event) { return payment_of(event.receipt); }
PaymentState begin(const PaymentImported& event) {
    PaymentState payment = payment_of(event.receipt);
    payment.imported = true;
    return payment;
}
void change(PaymentState& payment, const PaymentAllocated& event) {
    payment.allocations.push_back({event.allocation, {}});
}
void change(PaymentState& payment, const PaymentUnallocated& event) {
    end_allocation(payment.allocations, event.allocation_id, event.on);
}
void change(PaymentState& payment, const PaymentRefunded& event) {
    payment.refunds.push_back({event.refund, {}});
}
void change(PaymentState& payment, const RefundReversed& event) {
    reverse_refund(payment.refunds, event.refund_id, event.on);
}
void change(PaymentState& payment, const PaymentReversed& event) {
    payment.reversal = Reversal{event.reversed_on, event.cause, event.fee};
    for (AllocationEntry& entry : payment.allocations)
        if (!entry.ended_on)
            entry.ended_on = event.reversed_on;
}
void change(PaymentState& payment, const PaymentAnnotated& event) {
    payment.private_note = event.private_note;
    payment.tags = event.tags;
}

} // namespace daybook::domain
