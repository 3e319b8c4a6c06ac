// Sunday's file, disaster on Friday: what customers hold is never numbered again.
#include "tests/support/given_when_then.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

Story standby() {
    Story story;
    story.happens(
        happened(EntityKind::series, kInvoiceSeries.value, SeriesAdvanced{"2026", 1, 87, {}}));
    story.happens(happened(EntityKind::company, kCompany.value,
                           CompanyRestored{{.mode = BookMode::standby}}));
    return story;
}

TEST(Activation, AdvancesEachSeriesToTheLastNumberThatIsOut) {
    Story story = standby();
    const std::vector<SeriesFloor> floors{
        {kInvoiceSeries, "2026", 112}, {kInvoiceSeries, "2025", 9}, {kCreditNoteSeries, "2026", 0}};
    const History events = story.accepts(ActivateCompany{kCompany, "gone", floors});
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(std::get<CompanyActivated>(events[0].event), (CompanyActivated{"gone", {}, floors}));
    EXPECT_EQ(std::get<SeriesAdvanced>(events[1].event), (SeriesAdvanced{"2025", 1, 9, {}}));
    EXPECT_EQ(std::get<SeriesAdvanced>(events[2].event), (SeriesAdvanced{"2026", 88, 112, {}}));
    EXPECT_EQ(story.books().series_position(kInvoiceSeries, "2026").last, 112U);
}

TEST(Activation, TakesTheHigherOfTwoNumbersAndNeverGoesBack) {
    Story story = standby();
    const History events = story.accepts(ActivateCompany{kCompany,
                                                         "retired",
                                                         {{kInvoiceSeries, "2026", 90},
                                                          {kInvoiceSeries, "2026", 95},
                                                          {kCreditNoteSeries, "2026", 0}}});
    EXPECT_EQ(only<SeriesAdvanced>(events), (SeriesAdvanced{"2026", 88, 95, {}}));

    story = standby();
    EXPECT_EQ(story
                  .accepts(ActivateCompany{
                      kCompany,
                      "retired",
                      {{kInvoiceSeries, "2026", 80}, {kCreditNoteSeries, "2026", 0}}})
                  .size(),
              1U);
}

TEST(Activation, AsksForEveryOpenSeries) {
    Story story = standby();
    const Refusal refusal =
        story.refuses(ActivateCompany{kCompany, "gone", {{kInvoiceSeries, "2026", 112}}},
                      Code::last_numbers_required);
    ASSERT_EQ(refusal.faults.size(), 1U);
    EXPECT_NE(refusal.faults[0].detail.find("AV-{yyyy}-{n:6}"), std::string::npos);
    story.happens(happened(EntityKind::series, kCreditNoteSeries.value, SeriesClosed{}));
    story.accepts(ActivateCompany{kCompany, "gone", {{kInvoiceSeries, "2026", 112}}});
}

TEST(Activation, NamesEveryFaultAtOnce) {
    Story story = standby();
    const Refusal refusal =
        story.refuses(ActivateCompany{kCompany,
                                      "somewhere",
                                      {{kInvoiceSeries, "2026", 1'000'000'000'000'000},
                                       {id<SeriesId>(99), "2026", 1},
                                       {kCreditNoteSeries, "2026", 0}}},
                      Code::invalid_input);
    EXPECT_EQ(fault_at(refusal, "/original"), "unknown_value");
    EXPECT_EQ(fault_at(refusal, "/last_numbers/0/last"), "out_of_range");
    EXPECT_EQ(fault_at(refusal, "/last_numbers/1/series_id"), "series_not_found");
}

} // namespace
} // namespace daybook::tests
