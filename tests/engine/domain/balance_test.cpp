#include "engine/domain/balance.h"

#include "tests/support/builders.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

InvoiceState invoice_of(std::string_view payable, std::string_view off = "0") {
    InvoiceState invoice;
    invoice.stage = InvoiceStage::issued;
    invoice.content.totals.payable = amount(payable);
    if (amount(off) > Amount{})
        invoice.write_offs.push_back({{.amount = amount(off)}, {}});
    return invoice;
}

TEST(Balance, CallsAnInvoiceByTheFirstWordThatHolds) {
    using enum InvoiceStatus;
    struct Case {
        const char* payable;
        const char* paid;
        const char* credited;
        const char* off;
        InvoiceStatus status;
    };
    const Case cases[] = {
        {"10", "0", "0", "0", issued},       {"10", "1", "0", "0", partially_paid},
        {"10", "0", "9", "0", issued},       {"10", "1", "8", "0.50", partially_paid},
        {"10", "10", "0", "0", paid},        {"10", "0.01", "9.99", "0", paid},
        {"0", "0", "0", "0", paid},          {"10", "0", "10", "0", credited},
        {"10", "0", "5", "5", credited},     {"10", "0", "4.99", "5.01", written_off},
        {"10", "0", "0", "10", written_off},
    };
    for (const Case& one : cases)
        EXPECT_EQ(
            status(invoice_of(one.payable, one.off), {amount(one.paid), amount(one.credited)}),
            one.status)
            << one.paid << " paid, " << one.credited << " credited, " << one.off << " off";
    InvoiceState other = invoice_of("10");
    other.stage = InvoiceStage::draft;
    EXPECT_EQ(status(other, {}), draft);
    EXPECT_EQ(due(other, {}), Amount{});
    other.stage = InvoiceStage::voided;
    EXPECT_EQ(status(other, {}), voided);
}

TEST(Balance, IsOverdueTheDayAfter) {
    InvoiceState invoice = invoice_of("10");
    EXPECT_FALSE(overdue(invoice, {}, kToday)); // No date.
    invoice.content.document.due_on = kToday;
    EXPECT_FALSE(overdue(invoice, {}, kToday));
    EXPECT_TRUE(overdue(invoice, {}, add_days(kToday, 1)));
    EXPECT_FALSE(overdue(invoice, {amount("10"), {}}, add_days(kToday, 1)));
}

TEST(Balance, CountsOnlyWhatLives) {
    PaymentState payment;
    payment.receipt.amount = amount("100");
    EXPECT_EQ(status(payment), PaymentStatus::unallocated);
    payment.allocations = {{{.amount = amount("30"), .paid_amount = amount("30")}, {}},
                           {{.amount = amount("50"), .paid_amount = amount("50")}, kToday}};
    EXPECT_EQ(allocated(payment), amount("30"));
    EXPECT_EQ(status(payment), PaymentStatus::partially_allocated);
    payment.refunds = {{{.amount = amount("70")}, {}}};
    EXPECT_EQ(unallocated(payment), Amount{});
    EXPECT_EQ(status(payment), PaymentStatus::partially_refunded);
    payment.allocations.clear();
    payment.refunds = {{{.amount = amount("100")}, {}}};
    EXPECT_EQ(status(payment), PaymentStatus::refunded);
    payment.refunds[0].reversed_on = kToday;
    payment.allocations = {{{.amount = amount("100"), .paid_amount = amount("100")}, {}}};
    EXPECT_EQ(status(payment), PaymentStatus::allocated);
    payment.reversal = Reversal{kToday, ReversalCause::bounced, {}};
    EXPECT_EQ(status(payment), PaymentStatus::reversed);
    EXPECT_EQ(allocated(payment) + unallocated(payment), Amount{});
}

TEST(Balance, UsesUpACreditNote) {
    CreditNoteState note;
    note.content.totals.total = amount("10");
    EXPECT_EQ(status(note), CreditNoteStatus::open);
    note.allocations = {{{.amount = amount("4"), .paid_amount = amount("4")}, {}}};
    EXPECT_EQ(status(note), CreditNoteStatus::partially_used);
    note.refunds = {{{.amount = amount("6")}, {}}};
    EXPECT_EQ(status(note), CreditNoteStatus::used);
    EXPECT_EQ(remaining(note), Amount{});
}

} // namespace
} // namespace daybook::tests
