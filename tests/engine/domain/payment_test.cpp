// The payment's state machine (domain.md 3): every guard by its name, every way there and back.
#include "engine/domain/balance.h"
#include "engine/domain/settled.h"
#include "events/base/reflect.h"
#include "tests/engine/domain/money_words.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

class Payment : public testing::Test {
  protected:
    Payment() {
        happen(story, invoice_issued(1, "1252.75"));
        happen(story, invoice_issued(2, "100"));
        happen(story, invoice_issued(3, "50", kOtherClient));
    }
    const PaymentState& payment() { return *story.books().payment(payment_id()); }
    std::string status_now() { return enum_name(status(payment())); }
    Amount due_of(std::uint32_t n) { return due_now(story.books(), invoice_id(n)); }

    Story story;
};

TEST_F(Payment, GoesThroughItsStatesAndBack) {
    story.accepts(record("1300"));
    EXPECT_EQ(status_now(), "unallocated");
    story.accepts(allocate(to_invoice(1, "1252.75")));
    EXPECT_EQ(status_now(), "partially_allocated");
    EXPECT_EQ(due_of(1), Amount{});
    story.accepts(allocate(to_invoice(2, "47.25", 2)));
    EXPECT_EQ(status_now(), "allocated");
    story.accepts(unallocate(2));
    EXPECT_EQ(due_of(2), amount("100"));
    story.accepts(refund("47.25"));
    EXPECT_EQ(status_now(), "partially_refunded");
    story.accepts(reverse_refund());
    EXPECT_EQ(unallocated(payment()), amount("47.25"));
    story.accepts(reverse());
    EXPECT_EQ(status_now(), "reversed");
    EXPECT_EQ(due_of(1), amount("1252.75"));
    EXPECT_EQ(unallocated(payment()), Amount{});
}

TEST_F(Payment, RecordsItsAllocationsInOneEventWithTheBusinessDate) {
    RecordPayment command = record("120", {to_invoice(1, "70"), to_invoice(2, "30", 2)});
    command.received_on = date("2026-03-15");
    const History events = story.accepts(command);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].effective_on, date("2026-03-15"));
    const Receipt receipt = only<PaymentRecorded>(events).receipt;
    EXPECT_EQ(receipt.currency.code, "EUR");
    ASSERT_EQ(receipt.allocations.size(), 2U);
    EXPECT_EQ(receipt.allocations[1], (Allocation{.id = allocation_id(2),
                                                  .invoice_id = invoice_id(2),
                                                  .amount = amount("30"),
                                                  .paid_amount = amount("30"),
                                                  .on = date("2026-03-15")}));
    EXPECT_EQ(due_of(2), amount("70"));
}

TEST_F(Payment, MayExceedWhatIsDueButItsAllocationsMayNot) {
    const Refusal refusal =
        story.refuses(record("1300", {to_invoice(1, "1300")}), Code::amount_exceeds_due);
    EXPECT_EQ(fault_at(refusal, "/allocations/0/amount"), "amount_exceeds_due");
    ASSERT_EQ(refusal.facts.size(), 1U);
    EXPECT_EQ(refusal.facts[0], (NamedText{"due", "1252.75"}));
    story.accepts(record("1300", {to_invoice(1, "1252.75")}));
    EXPECT_EQ(unallocated(payment()), amount("47.25"));
}

TEST_F(Payment, CountsTwoAllocationsToOneInvoiceTogether) {
    const Refusal refusal = story.refuses(
        record("150", {to_invoice(2, "60"), to_invoice(2, "40.01", 2)}), Code::amount_exceeds_due);
    EXPECT_EQ(fault_at(refusal, "/allocations/0/amount"), "");
    EXPECT_EQ(fault_at(refusal, "/allocations/1/amount"), "amount_exceeds_due");
    story.accepts(record("150", {to_invoice(2, "60"), to_invoice(2, "40", 2)}));
    EXPECT_EQ(due_of(2), Amount{});
}

TEST_F(Payment, IsNotAllocatedBeyondItsOwnAmount) {
    const Refusal refusal =
        story.refuses(record("100", {to_invoice(1, "60"), to_invoice(2, "40.01", 2)}),
                      Code::amount_exceeds_unallocated);
    EXPECT_EQ(fault_at(refusal, "/allocations/1/amount"), "amount_exceeds_unallocated");
}

TEST_F(Payment, NamesEveryFaultAtOnce) {
    RecordPayment command = record("0", {to_invoice(2, "100.001"), to_invoice(9, "1", 2)});
    command.received_on = date("2026-04-01");
    command.client_id = id<ClientId>(77);
    command.third_party = true;
    command.money_account_id = id<MoneyAccountId>(78);
    const Refusal refusal = story.refuses(command, Code::invalid_input);
    EXPECT_EQ(fault_at(refusal, "/amount"), "amount_not_positive");
    EXPECT_EQ(fault_at(refusal, "/client_id"), "not_found");
    EXPECT_EQ(fault_at(refusal, "/received_on"), "dated_in_future");
    EXPECT_EQ(fault_at(refusal, "/money_account_id"), "not_found");
    EXPECT_EQ(fault_at(refusal, "/allocations/0/amount"), "too_many_decimals");
    EXPECT_EQ(fault_at(refusal, "/allocations/1/invoice_id"), "not_found");
}

TEST_F(Payment, SettlesAnotherClientsInvoiceOnlyAsAThirdParty) {
    const Refusal refusal =
        story.refuses(record("50", {to_invoice(3, "50")}), Code::client_mismatch);
    EXPECT_EQ(fault_at(refusal, "/allocations/0/invoice_id"), "client_mismatch");
    RecordPayment command = record("50", {to_invoice(3, "50")});
    command.third_party = true;
    story.accepts(command);
    EXPECT_EQ(due_of(3), Amount{});
}

TEST_F(Payment, SettlesOnlyWhatWasIssued) {
    story.happens(happened(EntityKind::invoice, invoice_id(4).value,
                           InvoiceDrafted{document_of({line("1", "10")}), {}, {}}));
    story.refuses(record("10", {to_invoice(4, "10")}), Code::invoice_not_issued);
    story.happens(happened(EntityKind::invoice, invoice_id(4).value, InvoiceVoided{"twice"}));
    story.refuses(record("10", {to_invoice(4, "10")}), Code::invoice_not_issued);
}

TEST_F(Payment, KeepsToTheCompanysCurrency) {
    RecordPayment command = record("10");
    command.currency = {"USD"};
    story.refuses(command, Code::not_supported_yet);
    command.currency = {"EUX"};
    story.refuses(command, Code::unknown_currency);

    History foreign = invoice_issued(5, "10");
    std::get<InvoiceIssued>(foreign[1].event).frozen.document.currency = {"USD"};
    happen(story, foreign);
    command = record("10", {to_invoice(5, "10")});
    story.refuses(command, Code::not_supported_yet);
    command.currency = {"EUR"};
    story.refuses(command, Code::currency_mismatch);
}

TEST_F(Payment, IsDatedOutsideTheLockAndNotAfterToday) {
    story.accepts(record("200", {to_invoice(2, "10")}));
    story.accepts(refund("10"));
    story.happens(locked_through(date("2026-03-15")));
    const auto each_refused = [&](std::optional<Date> on, Code code) {
        RecordPayment recorded = record("1", {}, 2);
        recorded.received_on = on;
        story.refuses(recorded, code);
        AllocatePayment allocated = allocate(to_invoice(1, "1", 3));
        allocated.on = on;
        story.refuses(allocated, code);
        UnallocatePayment taken_back = unallocate();
        taken_back.on = on;
        story.refuses(taken_back, code);
        RefundPayment refunded = refund("1", 2);
        refunded.on = on;
        story.refuses(refunded, code);
        ReverseRefund refund_reversed = reverse_refund();
        refund_reversed.on = on;
        story.refuses(refund_reversed, code);
    };
    each_refused(date("2026-03-15"), Code::period_locked);
    each_refused(date("2026-04-01"), Code::dated_in_future);

    story.accepts(reverse_refund());
    ReversePayment reversed = reverse();
    reversed.reversed_on = date("2026-04-01");
    story.refuses(reversed, Code::dated_in_future);
}

TEST_F(Payment, IsToldOfWhatWasTypedThenOfDatesThenOfWhatIsLeft) {
    story.accepts(record("50"));
    AllocatePayment allocated = allocate(to_invoice(1, "-1"));
    RefundPayment refunded = refund("-1");
    allocated.on = refunded.on = date("2026-04-01");
    story.refuses(allocated, Code::amount_not_positive);
    story.refuses(refunded, Code::amount_not_positive);
    allocated.allocation.amount = refunded.amount = decimal("51");
    story.refuses(allocated, Code::dated_in_future);
    story.refuses(refunded, Code::dated_in_future);
    allocated.on = refunded.on = kToday;
    story.refuses(allocated, Code::amount_exceeds_unallocated);
    story.refuses(refunded, Code::amount_exceeds_unallocated);
}

TEST_F(Payment, GivesBackOnlyWhatIsUnallocated) {
    story.accepts(record("150", {to_invoice(2, "100")}));
    story.refuses(refund("50.01"), Code::amount_exceeds_unallocated);
    story.refuses(refund("0"), Code::amount_not_positive);
    story.refuses(refund("-1"), Code::amount_not_positive);
    story.accepts(refund("50"));
    story.refuses(refund("0.01", 2), Code::amount_exceeds_unallocated);
    story.refuses(allocate(to_invoice(1, "0.01", 2)), Code::amount_exceeds_unallocated);
}

TEST_F(Payment, UndoesOnlyWhatStillCounts) {
    story.accepts(record("150", {to_invoice(2, "100")}));
    story.refuses(unallocate(9), Code::allocation_not_found);
    story.accepts(unallocate());
    story.refuses(unallocate(), Code::allocation_not_found);
    story.refuses(reverse_refund(), Code::refund_not_found);
    story.accepts(refund("10"));
    ReverseRefund silent = reverse_refund();
    silent.reason = " ";
    story.refuses(silent, Code::reason_required);
    story.accepts(reverse_refund());
    story.refuses(reverse_refund(), Code::refund_not_found);
}

TEST_F(Payment, EndsEveryLiveAllocationWhenReversed) {
    story.accepts(record("150", {to_invoice(1, "50"), to_invoice(2, "60", 2)}));
    story.accepts(unallocate());
    ReversePayment command = reverse();
    command.fee = decimal("12.5");
    const History events = story.accepts(command);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].effective_on, kToday);
    const PaymentReversed reversed = only<PaymentReversed>(events);
    EXPECT_EQ(reversed.fee, amount("12.50"));
    ASSERT_EQ(reversed.ended.size(), 1U);
    EXPECT_EQ(reversed.ended[0].id, allocation_id(2));
    EXPECT_EQ(due_of(2), amount("100"));
}

TEST_F(Payment, IsNotReversedWithoutReasonWhileARefundLivesOrBeforeItCame) {
    RecordPayment recorded = record("150");
    recorded.received_on = date("2026-03-10");
    story.accepts(recorded);
    story.accepts(refund("10"));
    story.refuses(reverse(), Code::refund_live);
    story.accepts(reverse_refund());

    ReversePayment command = reverse();
    command.reason.clear();
    story.refuses(command, Code::reason_required);
    command = reverse();
    command.reversed_on = date("2026-03-09");
    const Refusal refusal = story.refuses(command, Code::dated_before_document);
    EXPECT_EQ(fault_at(refusal, "/reversed_on"), "dated_before_document");
    command.reversed_on = date("2026-03-10");
    command.fee = decimal("-1");
    story.refuses(command, Code::amount_not_positive);
    command.fee.reset();
    story.accepts(command);
}

TEST_F(Payment, StaysReversedForEver) {
    story.accepts(record("150", {to_invoice(2, "100")}));
    story.accepts(reverse());
    story.refuses(reverse(), Code::payment_reversed);
    story.refuses(allocate(to_invoice(1, "1", 2)), Code::payment_reversed);
    story.refuses(unallocate(), Code::payment_reversed);
    story.refuses(refund("1"), Code::payment_reversed);
    story.refuses(reverse_refund(), Code::payment_reversed);
    story.accepts(AnnotatePayment{payment_id(), {}, {"disputed"}});
}

TEST_F(Payment, IsAnnotatedOnlyWhereThatChangesSomething) {
    story.accepts(record("150"));
    EXPECT_EQ(story.accepts(AnnotatePayment{payment_id(), {}, {"rent"}}).size(), 1U);
    EXPECT_TRUE(story.accepts(AnnotatePayment{payment_id(), {}, {"rent"}}).empty());
}

TEST_F(Payment, MustExist) {
    story.refuses(allocate(to_invoice(1, "1")), Code::not_found);
    story.refuses(unallocate(), Code::not_found);
    story.refuses(refund("1"), Code::not_found);
    story.refuses(reverse_refund(), Code::not_found);
    story.refuses(reverse(), Code::not_found);
    story.refuses(AnnotatePayment{payment_id(), {}, {}}, Code::not_found);
}

TEST_F(Payment, GoesToAnAccountThatIsInUseAndTakesItsCurrency) {
    const auto euros = id<MoneyAccountId>(80);
    const auto dollars = id<MoneyAccountId>(81);
    story.accepts(DefineMoneyAccount{euros, {"Bank", MoneyAccountKind::bank, {}, {"EUR"}, "512"}});
    story.accepts(
        DefineMoneyAccount{dollars, {"Dollars", MoneyAccountKind::bank, {}, {"USD"}, "512"}});
    RecordPayment command = record("1");
    command.money_account_id = dollars;
    story.refuses(command, Code::currency_mismatch);
    command.money_account_id = euros;
    story.accepts(command);
    story.accepts(RetireMoneyAccount{euros, {}});
    RefundPayment given_back = refund("1");
    given_back.money_account_id = euros;
    EXPECT_EQ(fault_at(story.refuses(given_back, Code::invalid_input), "/money_account_id"),
              "not_found");
}

} // namespace
} // namespace daybook::tests
