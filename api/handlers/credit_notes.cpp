#include "api/handlers/credit_notes.h"

#include "api/handlers/money_bodies.h"
#include "api/handlers/verb.h"
#include "api/present/credit_note.h"

namespace daybook::api {
namespace {

domain::Command allocate(Input& input, Asked& asked) {
    return domain::AllocateCredit{
        .id = CreditNoteId{asked.id},
        .allocation_id = asked.fresh<AllocationId>(),
        .invoice_id = required_id<InvoiceId>(input, "invoice_id"),
        .amount = required_decimal(input, "amount"),
        .on = input.date("on"),
    };
}

domain::Command unallocate(Input& input, Asked& asked) {
    return domain::UnallocateCredit{
        .id = CreditNoteId{asked.id},
        .allocation_id = required_id<AllocationId>(input, "allocation_id"),
        .on = input.date("on"),
        .reason = asked.read_reason(input),
    };
}

domain::Command refund(Input& input, Asked& asked) {
    return read_refund<domain::RefundCredit>(input, asked);
}

domain::Command reverse_refund(Input& input, Asked& asked) {
    return read_refund_reversal<domain::ReverseCreditRefund>(input, asked);
}

} // namespace

const Resource& credit_notes() {
    using projections::SortKey;
    static const Resource kCreditNotes{
        EntityKind::credit_note,
        "credit-notes",
        show_credit_note,
        show_credit_note_in_list,
        credit_note_schema(),
        credit_note_in_list_schema(),
        document_filters("open, partially_used, used; several with commas"),
        {SortKey::created, SortKey::issued_on, SortKey::number},
        {"id", "number", "status", "issued_on", "client_id", "client.name", "currency", "net",
         "discount", "tax", "total", "remaining", "allocated", "refunded", "credit_kind"}};
    return kCreditNotes;
}

std::vector<Route> credit_note_routes() {
    const Resource& notes = credit_notes();
    std::vector<Route> routes = reading_routes(notes);
    const auto add = [&](std::string_view verb, std::string_view summary, Schema body,
                         const ReadVerb& read) {
        routes.push_back(
            verb_route(notes, verb, summary, Permission::write, std::move(body), read));
    };
    add("allocate", "Set it against an invoice", allocate_schema(), allocate);
    add("unallocate", "End an allocation", unallocate_schema(), unallocate);
    add("refund", "Give money back", refund_schema(), refund);
    add("reverse-refund", "Take a refund back", reverse_refund_schema(), reverse_refund);
    return routes;
}

} // namespace daybook::api
