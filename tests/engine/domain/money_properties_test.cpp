// Whatever is asked of payments and credit notes, in whatever order: a payment's amount is always
// what is allocated, refunded and unallocated, nothing is ever negative, and no invoice is settled
// beyond what it asks for. An allocation is refused exactly when it would break one of these.
#include "engine/domain/balance.h"
#include "engine/domain/settled.h"
#include "tests/engine/domain/money_words.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

constexpr std::uint32_t kInvoices = 3;
constexpr std::uint32_t kPayments = 2;
constexpr std::uint32_t kCreditNotes = 2;

// One step: what is done, to which things, with how many cents.
struct Step {
    int verb = 0;
    std::uint32_t source = 1;
    std::uint32_t invoice = 1;
    std::uint32_t earlier = 1; // Which allocation or refund is undone.
    std::int64_t cents = 0;
};
[[maybe_unused]] void showValue(const Step& step, std::ostream& out) {
    out << "{verb " << step.verb << ", source " << step.source << ", invoice " << step.invoice
        << ", earlier " << step.earlier << ", cents " << step.cents << "}";
}

rc::Gen<Step> any_step() {
    return rc::gen::build<Step>(
        rc::gen::set(&Step::verb, rc::gen::inRange(0, 9)),
        rc::gen::set(&Step::source, rc::gen::inRange<std::uint32_t>(1, kPayments + 1)),
        rc::gen::set(&Step::invoice, rc::gen::inRange<std::uint32_t>(1, kInvoices + 1)),
        rc::gen::set(&Step::earlier, rc::gen::inRange<std::uint32_t>(1, 30)),
        rc::gen::set(&Step::cents, rc::gen::inRange<std::int64_t>(-1, 8'000)));
}

Command command_of(const Step& step, std::uint32_t fresh) {
    const Decimal sum{step.cents * (kMicro / 100)};
    const PaymentId payment = payment_id(step.source);
    const CreditNoteId note = credit_note_id(step.source);
    const AllocationInput wish{allocation_id(fresh), invoice_id(step.invoice), sum};
    switch (step.verb) {
    case 0:
    case 1:
        return AllocatePayment{.id = payment, .allocation = wish};
    case 2:
        return UnallocatePayment{payment, allocation_id(step.earlier), {}, {}};
    case 3:
        return RefundPayment{.id = payment, .refund_id = refund_id(fresh), .amount = sum};
    case 4:
        return ReverseRefund{payment, refund_id(step.earlier), {}, {}, "came back"};
    case 5:
        return AllocateCredit{note, wish.id, wish.invoice_id, sum, {}};
    case 6:
        return UnallocateCredit{note, allocation_id(step.earlier), {}, {}};
    case 7:
        return RefundCredit{.id = note, .refund_id = refund_id(fresh), .amount = sum};
    default:
        // Rare, since nothing follows it.
        if (step.earlier < 3)
            return ReversePayment{.id = payment, .reason = "bounced"};
        return ReverseCreditRefund{note, refund_id(step.earlier), {}, {}, "came back"};
    }
}

Story opened() {
    Story story;
    for (std::uint32_t n = 1; n <= kInvoices; ++n)
        happen(story, invoice_issued(n, n == 1 ? "120" : "35.50"));
    for (std::uint32_t n = 1; n <= kCreditNotes; ++n)
        happen(story, credit_note_issued(n, "60"));
    for (std::uint32_t n = 1; n <= kPayments; ++n)
        story.accepts(record("100", {}, n));
    return story;
}

void check_books(const Books& books) {
    for (std::uint32_t n = 1; n <= kPayments; ++n) {
        const PaymentState& payment = *books.payment(payment_id(n));
        const Amount counted = payment.reversal ? Amount{} : payment.receipt.amount;
        RC_ASSERT(allocated(payment) >= Amount{});
        RC_ASSERT(refunded(payment) >= Amount{});
        RC_ASSERT(unallocated(payment) >= Amount{});
        RC_ASSERT(allocated(payment) + refunded(payment) + unallocated(payment) == counted);
    }
    for (std::uint32_t n = 1; n <= kCreditNotes; ++n) {
        const CreditNoteState& note = *books.credit_note(credit_note_id(n));
        RC_ASSERT(remaining(note) >= Amount{});
        RC_ASSERT(allocated(note) + refunded(note) + remaining(note) == note.content.totals.total);
    }
    for (std::uint32_t n = 1; n <= kInvoices; ++n) {
        const Amount due = due_now(books, invoice_id(n));
        RC_ASSERT(due >= Amount{});
        RC_ASSERT(due <= books.invoice(invoice_id(n))->content.totals.payable);
    }
}

// What the decider must say about an allocation, from the rule and not from its code.
std::optional<bool> expected(const Books& books, const Step& step) {
    const Amount due = due_now(books, invoice_id(step.invoice));
    const Amount sum{step.cents};
    if (step.verb <= 1) {
        const PaymentState& payment = *books.payment(payment_id(step.source));
        return !payment.reversal && sum > Amount{} && sum <= std::min(due, unallocated(payment));
    }
    if (step.verb == 5)
        return sum > Amount{}
               && sum <= std::min(due, remaining(*books.credit_note(credit_note_id(step.source))));
    return {};
}

RC_GTEST_PROP(Money, IsNeverLostOrMadeByAnySequenceOfCommands, ()) {
    const auto steps = *rc::gen::container<std::vector<Step>>(any_step());
    Story story = opened();
    std::uint32_t fresh = 0;
    for (const Step& step : steps) {
        const std::optional<bool> wanted = expected(story.books(), step);
        const Decision decision = story.decide(command_of(step, ++fresh));
        RC_ASSERT(wanted.value_or(decision.has_value()) == decision.has_value());
        if (decision)
            happen(story, *decision);
        check_books(story.books());
    }
}

} // namespace
} // namespace daybook::tests
