#include "engine/domain/credit_note.h"

#include "engine/domain/allocation.h"
#include "engine/domain/amounts.h"
#include "engine/domain/balance.h"
#include "engine/domain/period.h"
#include "engine/domain/refund.h"

namespace daybook::domain {

Decision decide(const Books& books, const AllocateCredit& command,
                const Circumstances& circumstances) {
    const CreditNoteState* note = books.credit_note(command.id);
    if (!note)
        return refuse(Code::not_found);
    const Document& document = note->content.document;
    // What was typed comes before dates, and dates before what is left.
    TRY(positive_amount(command.amount, document.currency, "/amount"));
    const Date on = command.on.value_or(circumstances.today);
    TRY(date_is_open(books, on, circumstances, "/on"));
    Allocator allocator(books, {.client_id = document.client_id,
                                .currency = document.currency,
                                .available = remaining(*note),
                                .exceeded = Code::amount_exceeds_remaining});
    const Allocation allocation =
        TRY(allocator.take({command.allocation_id, command.invoice_id, command.amount}, on, ""));
    return happens(ref(command.id), CreditAllocated{allocation}, on);
}

Decision decide(const Books& books, const UnallocateCredit& command,
                const Circumstances& circumstances) {
    const CreditNoteState* note = books.credit_note(command.id);
    if (!note)
        return refuse(Code::not_found);
    if (!live_allocation(note->allocations, command.allocation_id))
        return refuse(Code::allocation_not_found);
    const Date on = command.on.value_or(circumstances.today);
    TRY(date_is_open(books, on, circumstances, "/on"));
    return happens(ref(command.id), CreditUnallocated{command.allocation_id, on}, on);
}

Decision decide(const Books& books, const RefundCredit& command,
                const Circumstances& circumstances) {
    const CreditNoteState* note = books.credit_note(command.id);
    if (!note)
        return refuse(Code::not_found);
    const Date on = command.on.value_or(circumstances.today);
    Refund refund = TRY(refund_of(books,
                                  {.id = command.refund_id,
                                   .amount = command.amount,
                                   .on = on,
                                   .method = command.method,
                                   .reference = command.reference,
                                   .money_account_id = command.money_account_id},
                                  {.currency = note->content.document.currency,
                                   .available = remaining(*note),
                                   .exceeded = Code::amount_exceeds_remaining},
                                  circumstances));
    return happens(ref(command.id), CreditRefunded{std::move(refund)}, on);
}

Decision decide(const Books& books, const ReverseCreditRefund& command,
                const Circumstances& circumstances) {
    const CreditNoteState* note = books.credit_note(command.id);
    if (!note)
        return refuse(Code::not_found);
    if (!live_refund(note->refunds, command.refund_id))
        return refuse(Code::refund_not_found);
    TRY(reason_given(command.reason));
    const Date on = command.on.value_or(circumstances.today);
    TRY(date_is_open(books, on, circumstances, "/on"));
    return happens(ref(command.id), CreditRefundReversed{command.refund_id, on, command.cause}, on);
}

} // namespace daybook::domain
