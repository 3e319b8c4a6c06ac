#include "engine/domain/numbering.h"

#include "tests/support/given_when_then.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

TEST(Numbering, WritesWhatThePatternSays) {
    struct Case {
        const char* pattern;
        const char* on;
        std::uint64_t sequence;
        const char* number;
    };
    const Case cases[] = {{"FA-{yyyy}-{n:6}", "2026-03-31", 88, "FA-2026-000088"},
                          {"{yy}{mm}/{n:3}", "2026-03-31", 7, "2603/007"},
                          {"F{n}", "2026-03-31", 1234, "F1234"},
                          {"F{n:2}", "2026-03-31", 1234, "F1234"}};
    for (const Case& one : cases)
        EXPECT_EQ(format_number(one.pattern, date(one.on), one.sequence), one.number);
}

TEST(Numbering, BeginsAgainWhenThePeriodDoes) {
    EXPECT_EQ(period_of(SeriesReset::never, date("2026-03-31")), "");
    EXPECT_EQ(period_of(SeriesReset::yearly, date("2026-03-31")), "2026");
    EXPECT_EQ(period_of(SeriesReset::monthly, date("2026-03-31")), "2026-03");
}

TEST(Numbering, RefusesPatternsThatCannotNumber) {
    using enum SeriesReset;
    struct Case {
        const char* pattern;
        SeriesReset reset;
        bool good;
    };
    const Case cases[] = {
        {"FA-{yyyy}-{n:6}", yearly, true},
        {"FA-{n:6}", never, true},
        {"FA-{n:6}", yearly, false},       // January would begin with a number of last year.
        {"FA-{yyyy}-{n}", monthly, false}, // So would February.
        {"FA-{yy}{mm}-{n}", monthly, true},
        {"FA-{yyyy}", yearly, false}, // No sequence.
        {"{n}-{n}", never, false},
        {"FA {n}", never, false}, // A space.
        {"FÀ-{n}", never, false},
        {"FA-{dd}-{n}", never, false},
        {"FA-{n:0}", never, false},
        {"FA-{n:16}", never, false},
        {"FA-{n:6", never, false},
        {"FA-}{n:6}", never, false},
        {"", never, false},
        {"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123-{n:6}", never, false}, // 37 characters.
    };
    for (const Case& one : cases)
        EXPECT_EQ(!pattern_fault(one.pattern, one.reset).has_value(), one.good) << one.pattern;
    const auto refusal = series_refused({.pattern = "FA", .next = 0});
    ASSERT_TRUE(refusal.has_value());
    EXPECT_EQ(fault_at(*refusal, "/pattern"), "series_pattern_invalid");
    EXPECT_EQ(fault_at(*refusal, "/next"), "out_of_range");
}

TEST(Numbering, ContinuesWhereTheSeriesIsAndStartsAgainInJanuary) {
    Story story;
    const auto number_on = [&](const char* on) {
        return next_number(story.books(), kInvoiceSeries, date(on), BookMode::live)->number;
    };
    EXPECT_EQ(number_on("2026-03-01"), "FA-2026-000001");
    story.accepts(draft());
    story.accepts(issue(1, date("2026-03-01")));
    EXPECT_EQ(number_on("2026-03-01"), "FA-2026-000002");
    EXPECT_EQ(number_on("2027-01-01"), "FA-2027-000001");
    story.happens(
        happened(EntityKind::series, kInvoiceSeries.value, SeriesAdvanced{"2026", 1, 112, {}}));
    EXPECT_EQ(number_on("2026-03-01"), "FA-2026-000113");
}

TEST(Numbering, StartsWhereTheSeriesWasToldToButOnlyOnce) {
    History history = open_books();
    history.push_back(happened(EntityKind::series, kInvoiceSeries.value,
                               SeriesChanged{{.pattern = "FA-{yyyy}-{n:6}", .next = 500}}));
    Story story(std::move(history));
    story.accepts(draft());
    EXPECT_EQ(only<InvoiceIssued>(story.accepts(issue())).frozen.number, "FA-2026-000500");
    EXPECT_EQ(
        next_number(story.books(), kInvoiceSeries, date("2026-03-31"), BookMode::live)->sequence,
        501U);
    EXPECT_EQ(
        next_number(story.books(), kInvoiceSeries, date("2027-01-01"), BookMode::live)->sequence,
        1U);
}

TEST(Numbering, RefusesANumberThatGrewTooLong) {
    History history = open_books();
    history.push_back(happened(EntityKind::series, kInvoiceSeries.value,
                               SeriesChanged{{.pattern = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123-{n:3}",
                                              .reset = SeriesReset::never,
                                              .next = 10'000}}));
    const Story story(std::move(history));
    const auto next = next_number(story.books(), kInvoiceSeries, kToday, BookMode::live);
    ASSERT_FALSE(next.has_value());
    EXPECT_EQ(next.error().code, Code::number_invalid);
}

TEST(Numbering, MarksWhatASandboxIssues) {
    Story story;
    story.accepts(draft());
    CompanyCopied copied;
    copied.fork.mode = BookMode::sandbox;
    story.happens(happened(EntityKind::company, kCompany.value, copied));
    EXPECT_EQ(only<InvoiceIssued>(story.accepts(issue())).frozen.number, "TEST-FA-2026-000001");
    const auto too_long = [](BookMode mode) {
        History history = open_books();
        history.push_back(happened(EntityKind::series, kInvoiceSeries.value,
                                   SeriesChanged{{.pattern = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123-{n}",
                                                  .reset = SeriesReset::never}}));
        return next_number(Story(std::move(history)).books(), kInvoiceSeries, kToday, mode);
    };
    EXPECT_TRUE(too_long(BookMode::live).has_value());
    EXPECT_EQ(too_long(BookMode::sandbox).error().code, Code::number_invalid);
}

TEST(Numbering, ChoosesTheFirstOpenSeriesOfTheKind) {
    Story story;
    EXPECT_EQ(choose_series(story.books(), {}, DocumentKind::credit_note), kCreditNoteSeries);
    EXPECT_EQ(choose_series(story.books(), kInvoiceSeries, DocumentKind::invoice), kInvoiceSeries);
    const auto of_other_kind =
        choose_series(story.books(), kInvoiceSeries, DocumentKind::credit_note);
    EXPECT_EQ(of_other_kind.error().code, Code::series_not_found);
    story.happens(happened(EntityKind::series, kInvoiceSeries.value, SeriesClosed{}));
    EXPECT_EQ(choose_series(story.books(), {}, DocumentKind::invoice).error().code,
              Code::series_not_found);
    EXPECT_EQ(choose_series(story.books(), kInvoiceSeries, DocumentKind::invoice).error().code,
              Code::series_closed);
}

} // namespace
} // namespace daybook::tests
