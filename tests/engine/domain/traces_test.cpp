// What events leave behind: invoices they name, numbers they say were given.
#include "engine/domain/traces.h"

#include "tests/support/builders.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

const EntityRef kInvoice{EntityKind::invoice, uuid(0x0102)};
const EntityRef kSeries{EntityKind::series, kInvoiceSeries.value};

TEST(Traces, NameTheInvoicesThatAnEventTouches) {
    const Allocation allocation{.invoice_id = invoice_id(1), .amount = amount("1.00")};
    const std::vector<EntityRef> first{{EntityKind::invoice, invoice_id(1).value}};
    Receipt receipt;
    receipt.allocations = {allocation};
    EXPECT_EQ(touched_by(PaymentRecorded{receipt}), first);
    EXPECT_EQ(touched_by(PaymentImported{.receipt = receipt}), first);
    EXPECT_EQ(touched_by(PaymentAllocated{allocation}), first);
    EXPECT_EQ(touched_by(CreditAllocated{allocation}), first);
    CreditNoteIssued issued;
    issued.credits = {{.invoice_id = invoice_id(1)}, {.number = "of another program"}};
    EXPECT_EQ(touched_by(issued), first);
    EXPECT_TRUE(touched_by(ClientArchived{}).empty());
}

TEST(Traces, SayHowFarAnEventTakesASeries) {
    Frozen frozen;
    frozen.document.issued_on = date("2026-03-31");
    EXPECT_TRUE(series_advances(kInvoice, InvoiceIssued{frozen}).empty()); // No number of ours.
    frozen.series_id = kInvoiceSeries;
    frozen.series_period = "2026";
    frozen.sequence = 7;
    const auto issued = series_advances(kInvoice, InvoiceIssued{frozen});
    ASSERT_EQ(issued.size(), 1U);
    EXPECT_EQ(issued[0].series, kInvoiceSeries);
    EXPECT_EQ(issued[0].period, "2026");
    EXPECT_EQ(issued[0].to, (SeriesPosition{7, date("2026-03-31")}));
    const auto advanced = series_advances(kSeries, SeriesAdvanced{"2026", 8, 112, {}});
    ASSERT_EQ(advanced.size(), 1U);
    EXPECT_EQ(advanced[0].to, (SeriesPosition{112, {}})); // Nothing was issued.
    EXPECT_TRUE(series_advances(kInvoice, ClientArchived{}).empty());
}

TEST(Traces, SayWhichNumbersAForkKnowsOf) {
    CompanyCopied copied;
    copied.fork.series_floors = {{kInvoiceSeries, "2025", 9}, {kInvoiceSeries, "2026", 3}};
    const auto advances = series_advances({EntityKind::company, kCompany.value}, Event(copied));
    ASSERT_EQ(advances.size(), 2U);
    EXPECT_EQ(advances[0].period, "2025");
    EXPECT_EQ(advances[1].to.last, 3U);
}

} // namespace
} // namespace daybook::tests
