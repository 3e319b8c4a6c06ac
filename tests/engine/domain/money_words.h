// Words for stories about money: documents that were issued for a round sum, and the commands that
// settle them. Nothing here is calculated, so that these stories hold whatever the calculator says.
#pragma once

#include "tests/support/given_when_then.h"

namespace daybook::tests {

inline PaymentId payment_id(std::uint32_t n = 1) { return id<PaymentId>(2000 + n); }
inline CreditNoteId credit_note_id(std::uint32_t n = 1) { return id<CreditNoteId>(3000 + n); }
inline AllocationId allocation_id(std::uint32_t n = 1) { return id<AllocationId>(4000 + n); }
inline RefundId refund_id(std::uint32_t n = 1) { return id<RefundId>(5000 + n); }

inline Frozen frozen_for(std::string_view total, std::optional<ClientId> client,
                         DocumentKind kind) {
    Frozen frozen;
    frozen.document = document_of({line("1", total, "0")});
    frozen.document.kind = kind;
    frozen.document.client_id = client;
    frozen.document.issued_on = date("2026-03-01");
    frozen.totals.total = amount(total);
    frozen.totals.payable = amount(total);
    return frozen;
}

inline History invoice_issued(std::uint32_t n, std::string_view total,
                              std::optional<ClientId> client = kClient) {
    Frozen frozen = frozen_for(total, client, DocumentKind::invoice);
    const Uuid thing = invoice_id(n).value;
    return {happened(EntityKind::invoice, thing, InvoiceDrafted{frozen.document, {}, {}}),
            happened(EntityKind::invoice, thing, InvoiceIssued{std::move(frozen)})};
}
inline History credit_note_issued(std::uint32_t n, std::string_view total) {
    return {happened(
        EntityKind::credit_note, credit_note_id(n).value,
        CreditNoteIssued{
            frozen_for(total, kClient, DocumentKind::credit_note), {}, CreditKind::other, true})};
}

inline domain::AllocationInput to_invoice(std::uint32_t n, std::string_view sum,
                                          std::uint32_t allocation = 1) {
    return {allocation_id(allocation), invoice_id(n), decimal(sum)};
}
inline domain::RecordPayment record(std::string_view sum,
                                    std::vector<domain::AllocationInput> allocations = {},
                                    std::uint32_t n = 1) {
    return {.id = payment_id(n),
            .client_id = kClient,
            .amount = decimal(sum),
            .method = "transfer",
            .allocations = std::move(allocations)};
}
inline domain::AllocatePayment allocate(domain::AllocationInput allocation) {
    return {.id = payment_id(), .allocation = std::move(allocation)};
}
inline domain::UnallocatePayment unallocate(std::uint32_t allocation = 1) {
    return {payment_id(), allocation_id(allocation), {}, "set against the wrong invoice"};
}
inline domain::RefundPayment refund(std::string_view sum, std::uint32_t n = 1) {
    return {.id = payment_id(), .refund_id = refund_id(n), .amount = decimal(sum)};
}
inline domain::ReverseRefund reverse_refund(std::uint32_t n = 1) {
    return {payment_id(), refund_id(n), {}, ReversalCause::bounced, "the account was closed"};
}
inline domain::ReversePayment reverse() {
    return {payment_id(), {}, ReversalCause::bounced, "the cheque bounced", {}};
}

inline void happen(Story& story, const History& events) {
    for (const domain::NewEvent& event : events)
        story.happens(event);
}

} // namespace daybook::tests
