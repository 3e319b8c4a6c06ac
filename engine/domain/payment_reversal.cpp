// How a payment ends: a mistake, a bounced cheque, a chargeback. It stays listed and counts for
// nothing from reversed_on, and for its amount before; so it cannot be reversed before it came.
#include "engine/domain/amounts.h"
#include "engine/domain/payment.h"
#include "engine/domain/period.h"
#include "engine/domain/refund.h"

namespace daybook::domain {
namespace {

std::expected<std::optional<Amount>, Refusal> fee_of(const ReversePayment& command,
                                                     const Currency& currency) {
    if (!command.fee || command.fee->micro == 0)
        return std::nullopt;
    return TRY(positive_amount(*command.fee, currency, "/fee"));
}

Allowed not_before(Date reversed_on, Date received_on) {
    if (reversed_on < received_on)
        return refuse_for({{"/reversed_on", Code::dated_before_document,
                            "the payment was received on " + to_text(received_on)}});
    return {};
}

std::vector<Allocation> live_allocations(const PaymentState& payment) {
    std::vector<Allocation> live;
    for (const AllocationEntry& entry : payment.allocations)
        if (!entry.ended_on)
            live.push_back(entry.allocation);
    return live;
}

} // namespace

Decision decide(const Books& books, const ReversePayment& command,
                const Circumstances& circumstances) {
    const PaymentState* payment = books.payment(command.id);
    if (!payment)
        return refuse(Code::not_found);
    if (payment->reversal)
        return refuse(Code::payment_reversed);
    if (has_live_refund(payment->refunds))
        return refuse(Code::refund_live);
    const Date on = command.reversed_on.value_or(circumstances.today);
    const auto fee = fee_of(command, payment->receipt.currency);

    std::vector<Refusal> refusals;
    note(refusals, reason_given(command.reason));
    note(refusals, not_before(on, payment->receipt.received_on));
    note(refusals, date_is_open(books, on, circumstances, "/reversed_on"));
    note(refusals, fee);
    TRY(together(std::move(refusals)));
    return happens(ref(command.id),
                   PaymentReversed{on, command.cause, *fee, live_allocations(*payment)}, on);
}

} // namespace daybook::domain
