#include "engine/domain/payment.h"

#include "engine/domain/allocation.h"
#include "engine/domain/amounts.h"
#include "engine/domain/balance.h"
#include "engine/domain/period.h"
#include "engine/domain/refund.h"

namespace daybook::domain {
namespace {

std::expected<const PaymentState*, Refusal> standing_payment(const Books& books, PaymentId id) {
    const PaymentState* payment = books.payment(id);
    if (!payment)
        return refuse(Code::not_found);
    if (payment->reversal)
        return refuse(Code::payment_reversed);
    return payment;
}

} // namespace

Decision decide(const Books& books, const AllocatePayment& command,
                const Circumstances& circumstances) {
    const PaymentState* payment = TRY(standing_payment(books, command.id));
    // What was typed comes before dates, and dates before what is left.
    TRY(positive_amount(command.allocation.amount, payment->receipt.currency, "/amount"));
    const Date on = command.on.value_or(circumstances.today);
    TRY(date_is_open(books, on, circumstances, "/on"));
    Allocator allocator(books, {.client_id = payment->receipt.client_id,
                                .third_party = command.third_party,
                                .currency = payment->receipt.currency,
                                .available = unallocated(*payment),
                                .exceeded = Code::amount_exceeds_unallocated});
    const Allocation allocation = TRY(allocator.take(command.allocation, on, ""));
    return happens(ref(command.id), PaymentAllocated{allocation}, on);
}

Decision decide(const Books& books, const UnallocatePayment& command,
                const Circumstances& circumstances) {
    const PaymentState* payment = TRY(standing_payment(books, command.id));
    if (!live_allocation(payment->allocations, command.allocation_id))
        return refuse(Code::allocation_not_found);
    const Date on = command.on.value_or(circumstances.today);
    TRY(date_is_open(books, on, circumstances, "/on"));
    return happens(ref(command.id), PaymentUnallocated{command.allocation_id, on}, on);
}

Decision decide(const Books& books, const RefundPayment& command,
                const Circumstances& circumstances) {
    const PaymentState* payment = TRY(standing_payment(books, command.id));
    const Date on = command.on.value_or(circumstances.today);
    Refund refund = TRY(refund_of(books,
                                  {.id = command.refund_id,
                                   .amount = command.amount,
                                   .on = on,
                                   .method = command.method,
                                   .reference = command.reference,
                                   .money_account_id = command.money_account_id},
                                  {.currency = payment->receipt.currency,
                                   .available = unallocated(*payment),
                                   .exceeded = Code::amount_exceeds_unallocated},
                                  circumstances));
    return happens(ref(command.id), PaymentRefunded{std::move(refund)}, on);
}

Decision decide(const Books& books, const ReverseRefund& command,
                const Circumstances& circumstances) {
    const PaymentState* payment = TRY(standing_payment(books, command.id));
    if (!live_refund(payment->refunds, command.refund_id))
        return refuse(Code::refund_not_found);
    TRY(reason_given(command.reason));
    const Date on = command.on.value_or(circumstances.today);
    TRY(date_is_open(books, on, circumstances, "/on"));
    return happens(ref(command.id), RefundReversed{command.refund_id, on, command.cause}, on);
}

Decision decide(const Books& books, const AnnotatePayment& command, const Circumstances&) {
    const PaymentState* payment = books.payment(command.id);
    if (!payment)
        return refuse(Code::not_found);
    if (payment->private_note == command.private_note && payment->tags == command.tags)
        return nothing_happens();
    return happens(ref(command.id), PaymentAnnotated{command.private_note, command.tags});
}

} // namespace daybook::domain
