// What becomes of an issued credit note (domain.md 3).
#include "engine/domain/balance.h"
#include "engine/domain/settled.h"
#include "events/base/reflect.h"
#include "tests/engine/domain/money_words.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

AllocateCredit credit_to(std::uint32_t invoice, std::string_view sum, std::uint32_t n = 1) {
    return {credit_note_id(), allocation_id(n), invoice_id(invoice), decimal(sum), {}};
}
UnallocateCredit take_back(std::uint32_t n = 1) {
    return {credit_note_id(), allocation_id(n), {}, "the wrong invoice"};
}
RefundCredit give_back(std::string_view sum, std::uint32_t n = 1) {
    return {.id = credit_note_id(), .refund_id = refund_id(n), .amount = decimal(sum)};
}
ReverseCreditRefund undo_refund(std::uint32_t n = 1) {
    return {credit_note_id(), refund_id(n), {}, ReversalCause::bounced, "came back"};
}

class CreditNote : public testing::Test {
  protected:
    CreditNote() {
        happen(story, invoice_issued(1, "100"));
        happen(story, invoice_issued(2, "30"));
        happen(story, invoice_issued(3, "50", kOtherClient));
        happen(story, credit_note_issued(1, "60"));
    }
    const CreditNoteState& note() { return *story.books().credit_note(credit_note_id()); }
    std::string status_now() { return enum_name(status(note())); }

    Story story;
};

TEST_F(CreditNote, GoesThroughItsStatesAndBack) {
    EXPECT_EQ(status_now(), "open");
    EXPECT_EQ(only<CreditAllocated>(story.accepts(credit_to(1, "40"))).allocation,
              (Allocation{.id = allocation_id(),
                          .invoice_id = invoice_id(1),
                          .amount = amount("40"),
                          .paid_amount = amount("40"),
                          .on = kToday}));
    EXPECT_EQ(status_now(), "partially_used");
    EXPECT_EQ(due_now(story.books(), invoice_id(1)), amount("60"));
    story.accepts(give_back("20"));
    EXPECT_EQ(status_now(), "used");
    story.accepts(undo_refund());
    EXPECT_EQ(status_now(), "partially_used");
    story.accepts(take_back());
    EXPECT_EQ(status_now(), "open");
    EXPECT_EQ(due_now(story.books(), invoice_id(1)), amount("100"));
}

TEST_F(CreditNote, GivesNoMoreThanRemains) {
    story.accepts(credit_to(1, "40"));
    const Refusal refusal = story.refuses(credit_to(1, "20.01", 2), Code::amount_exceeds_remaining);
    EXPECT_EQ(fault_at(refusal, "/amount"), "amount_exceeds_remaining");
    EXPECT_EQ(refusal.facts, (std::vector{NamedText{"remaining", "20.00"}}));
    story.refuses(give_back("20.01"), Code::amount_exceeds_remaining);
    story.refuses(give_back("0"), Code::amount_not_positive);
    story.accepts(give_back("20"));
    story.refuses(give_back("0.01", 2), Code::amount_exceeds_remaining);
}

TEST_F(CreditNote, SettlesNoMoreThanIsDueOfTheSameClientsIssuedInvoice) {
    story.refuses(credit_to(2, "30.01"), Code::amount_exceeds_due);
    EXPECT_EQ(fault_at(story.refuses(credit_to(3, "1"), Code::client_mismatch), "/invoice_id"),
              "client_mismatch");
    EXPECT_EQ(fault_at(story.refuses(credit_to(9, "1"), Code::invalid_input), "/invoice_id"),
              "not_found");
    story.happens(happened(EntityKind::invoice, invoice_id(4).value,
                           InvoiceDrafted{document_of({line("1", "10")}), {}, {}}));
    story.refuses(credit_to(4, "1"), Code::invoice_not_issued);
    story.accepts(credit_to(2, "30"));
}

TEST_F(CreditNote, CountsPaymentsAgainstTheSameInvoice) {
    story.accepts(record("25", {to_invoice(2, "25", 7)}));
    story.refuses(credit_to(2, "5.01"), Code::amount_exceeds_due);
    story.accepts(credit_to(2, "5"));
    story.refuses(record("1", {to_invoice(2, "0.01", 8)}, 2), Code::amount_exceeds_due);
}

TEST_F(CreditNote, UndoesOnlyWhatStillCounts) {
    story.refuses(take_back(), Code::allocation_not_found);
    story.accepts(credit_to(1, "40"));
    story.accepts(take_back());
    story.refuses(take_back(), Code::allocation_not_found);
    story.refuses(undo_refund(), Code::refund_not_found);
    story.accepts(give_back("1"));
    ReverseCreditRefund silent = undo_refund();
    silent.reason.clear();
    story.refuses(silent, Code::reason_required);
    story.accepts(undo_refund());
    story.refuses(undo_refund(), Code::refund_not_found);
}

TEST_F(CreditNote, IsDatedOutsideTheLockAndNotAfterToday) {
    story.accepts(credit_to(1, "1"));
    story.accepts(give_back("1"));
    story.happens(locked_through(date("2026-03-15")));
    const auto each_refused = [&](Date on, Code code) {
        AllocateCredit allocated = credit_to(1, "1", 2);
        allocated.on = on;
        story.refuses(allocated, code);
        UnallocateCredit taken = take_back();
        taken.on = on;
        story.refuses(taken, code);
        RefundCredit given = give_back("1", 2);
        given.on = on;
        story.refuses(given, code);
        ReverseCreditRefund undone = undo_refund();
        undone.on = on;
        story.refuses(undone, code);
    };
    each_refused(date("2026-03-15"), Code::period_locked);
    each_refused(date("2026-04-01"), Code::dated_in_future);
}

TEST_F(CreditNote, MustExist) {
    Story empty;
    empty.refuses(credit_to(1, "1"), Code::not_found);
    empty.refuses(take_back(), Code::not_found);
    empty.refuses(give_back("1"), Code::not_found);
    empty.refuses(undo_refund(), Code::not_found);
}

} // namespace
} // namespace daybook::tests
