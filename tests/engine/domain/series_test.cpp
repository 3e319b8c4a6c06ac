#include "engine/domain/numbering.h"
#include "tests/support/given_when_then.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

const SeriesId kShop = id<SeriesId>(60);

SeriesTerms shop() { return {.pattern = "SHOP-{yyyy}-{n:6}", .purpose = "counter"}; }
SeriesTerms invoices() { return {.pattern = "FA-{yyyy}-{n:6}"}; }

// The invoice series has numbered 5 documents this year.
Story used() {
    Story story;
    Frozen frozen;
    frozen.document = document_of({line("1", "10")});
    frozen.document.issued_on = date("2026-03-01");
    frozen.series_id = kInvoiceSeries;
    frozen.series_period = "2026";
    frozen.sequence = 5;
    story.happens(
        happened(EntityKind::invoice, invoice_id().value, InvoiceDrafted{frozen.document, {}, {}}));
    story.happens(happened(EntityKind::invoice, invoice_id().value, InvoiceIssued{frozen}));
    return story;
}

TEST(Series, IsDefinedWithAPatternOfItsOwn) {
    Story story;
    EXPECT_EQ(only<SeriesDefined>(story.accepts(DefineSeries{kShop, shop()})).series, shop());
    SeriesTerms again = shop();
    again.pattern = "Shop-{yyyy}-{n:4}";
    const Refusal refusal = story.refuses(DefineSeries{id<SeriesId>(61), again}, Code::code_taken);
    EXPECT_EQ(fault_at(refusal, "/pattern"), "code_taken");
    // For ever: its numbers are with customers.
    story.accepts(CloseSeries{kShop, "shop closed"});
    story.refuses(DefineSeries{id<SeriesId>(61), again}, Code::code_taken);
}

TEST(Series, IsToldEveryFaultAtOnce) {
    Story story;
    SeriesTerms series{.document_kind = DocumentKind::deposit, .pattern = "no number", .next = 0};
    const Refusal refusal = story.refuses(DefineSeries{kShop, series}, Code::invalid_input);
    EXPECT_EQ(fault_at(refusal, "/document_kind"), "not_supported_yet");
    EXPECT_EQ(fault_at(refusal, "/pattern"), "series_pattern_invalid");
    EXPECT_EQ(fault_at(refusal, "/next"), "out_of_range");
    series = shop();
    series.pattern = "SHOP-{n:6}"; // Would come again each year.
    story.refuses(DefineSeries{kShop, series}, Code::series_pattern_invalid);
}

TEST(Series, ChangesFreelyUntilItIsUsed) {
    Story story;
    EXPECT_TRUE(story.accepts(ChangeSeries{kInvoiceSeries, invoices()}).empty());
    SeriesTerms changed{.document_kind = DocumentKind::credit_note,
                        .pattern = "F-{n:6}",
                        .reset = SeriesReset::never,
                        .next = 500};
    EXPECT_EQ(only<SeriesChanged>(story.accepts(ChangeSeries{kInvoiceSeries, changed})).series,
              changed);
    changed.pattern = "AV-{yyyy}-{n:6}";
    story.refuses(ChangeSeries{kInvoiceSeries, changed}, Code::code_taken);
}

TEST(Series, KeepsItsKindItsResetAndItsPatternOnceUsed) {
    Story story = used();
    SeriesTerms changed = invoices();
    changed.document_kind = DocumentKind::credit_note;
    changed.reset = SeriesReset::never;
    changed.pattern = "FB-{yyyy}-{n:6}";
    const Refusal refusal =
        story.refuses(ChangeSeries{kInvoiceSeries, changed}, Code::invalid_input);
    EXPECT_EQ(fault_at(refusal, "/pattern"), "invalid_input");
    EXPECT_EQ(fault_at(refusal, "/document_kind"), "invalid_input");
    EXPECT_EQ(fault_at(refusal, "/reset"), "invalid_input");
    changed = invoices();
    changed.purpose = "domestic";
    changed.pattern = "FA-{yyyy}-{n:8}";
    story.accepts(ChangeSeries{kInvoiceSeries, changed});
}

TEST(Series, IsBoundByNumbersThatOnlyTheOriginalGaveOut) {
    Story story;
    story.happens(
        happened(EntityKind::series, kInvoiceSeries.value, SeriesAdvanced{"2026", 1, 112, {}}));
    SeriesTerms changed = invoices();
    changed.reset = SeriesReset::never;
    const Refusal refusal =
        story.refuses(ChangeSeries{kInvoiceSeries, changed}, Code::invalid_input);
    EXPECT_EQ(fault_at(refusal, "/reset"), "invalid_input");
}

TEST(Series, GoesForwardOnly) {
    Story story = used();
    SeriesTerms changed = invoices();
    changed.next = 5;
    EXPECT_EQ(
        fault_at(story.refuses(ChangeSeries{kInvoiceSeries, changed}, Code::out_of_range), "/next"),
        "out_of_range");
    changed.next = 6;
    story.accepts(ChangeSeries{kInvoiceSeries, changed});
}

TEST(Series, SaysWhyItLeavesNumbersOut) {
    Story story = used();
    SeriesTerms raised = invoices();
    raised.next = 100;
    const Refusal refusal =
        story.refuses(ChangeSeries{kInvoiceSeries, raised, " "}, Code::reason_required);
    EXPECT_EQ(fault_at(refusal, "/reason"), "reason_required");

    const History events =
        story.accepts(ChangeSeries{kInvoiceSeries, raised, "the old program went to 99"});
    EXPECT_EQ(only<SeriesChanged>(events).series, raised);
    EXPECT_EQ(only<SeriesAdvanced>(events), (SeriesAdvanced{"2026", 6, 99, {}}));
    EXPECT_EQ(
        next_number(story.books(), kInvoiceSeries, date("2026-03-01"), BookMode::live)->number,
        "FA-2026-000100");

    SeriesTerms lowered = invoices();
    lowered.next = 99;
    EXPECT_EQ(
        fault_at(story.refuses(ChangeSeries{kInvoiceSeries, lowered, "back"}, Code::out_of_range),
                 "/next"),
        "out_of_range");
}

TEST(Series, IsAdvancedInThePeriodThatRuns) {
    Story story = used();
    story.set_today(date("2027-01-02"));
    SeriesTerms raised = invoices();
    raised.next = 50;
    EXPECT_EQ(only<SeriesAdvanced>(
                  story.accepts(ChangeSeries{kInvoiceSeries, raised, "a range of its own"})),
              (SeriesAdvanced{"2027", 1, 49, {}}));
    EXPECT_EQ(
        next_number(story.books(), kInvoiceSeries, date("2027-01-02"), BookMode::live)->number,
        "FA-2027-000050");
}

// Where nothing was numbered yet, `next` says it all.
TEST(Series, StartsAnywhereWithoutAReason) {
    Story story;
    SeriesTerms raised = invoices();
    raised.next = 500;
    EXPECT_EQ(story.accepts(ChangeSeries{kInvoiceSeries, raised}).size(), 1U);
    EXPECT_EQ(
        next_number(story.books(), kInvoiceSeries, date("2026-03-01"), BookMode::live)->sequence,
        500U);
}

TEST(Series, IsClosedForEver) {
    Story story;
    story.accepts(CloseSeries{kInvoiceSeries, "new pattern"});
    story.refuses(CloseSeries{kInvoiceSeries, {}}, Code::series_closed);
    story.refuses(ChangeSeries{kInvoiceSeries, invoices()}, Code::series_closed);
}

TEST(Series, MustExist) {
    Story story;
    story.refuses(ChangeSeries{kShop, shop()}, Code::series_not_found);
    story.refuses(CloseSeries{kShop, {}}, Code::series_not_found);
}

} // namespace
} // namespace daybook::tests
