#include "engine/custody/schedule.h"

#include "engine/adapters/zones.h"
#include "tests/support/ok.h"

#include <gtest/gtest.h>

namespace daybook::custody {
namespace {

const Walls kWalls{local_date, instant_of};

Timestamp at(const char* text) { return tests::ok(parse_timestamp(text)); }

std::string next(const Schedule& schedule, const char* after, const char* zone = "Europe/Paris") {
    const auto due = next_due(schedule, schedule.every, zone, at(after), kWalls);
    return due ? to_text(*due) : "never";
}

TEST(Schedule, IsDailyAtTwoOnTheCompanysWallsUnlessToldOtherwise) {
    EXPECT_EQ(next({}, "2026-11-22T09:00:00Z"), "2026-11-23T01:00:00.000000Z");
    EXPECT_EQ(next({}, "2026-11-22T00:59:59Z"), "2026-11-22T01:00:00.000000Z");
    EXPECT_EQ(next({}, "2026-11-22T01:00:00Z"), "2026-11-23T01:00:00.000000Z");
    EXPECT_EQ(next({}, "2026-07-14T12:00:00Z"), "2026-07-15T00:00:00.000000Z"); // Summer time.
    EXPECT_EQ(next({}, "2026-11-22T09:00:00Z", "America/New_York"), "2026-11-23T07:00:00.000000Z");
}

TEST(Schedule, AnHourThatIsSkippedComesAtItsEndAndOneThatIsRepeatedComesOnce) {
    EXPECT_EQ(next({}, "2026-03-28T12:00:00Z"), "2026-03-29T01:00:00.000000Z"); // 02:00 is 03:00.
    EXPECT_EQ(next({}, "2026-10-24T12:00:00Z"), "2026-10-25T00:00:00.000000Z"); // The first 02:00.
    EXPECT_EQ(next({}, "2026-10-25T00:00:00Z"), "2026-10-26T01:00:00.000000Z");
}

TEST(Schedule, IsWeeklyOnItsDayAndMonthlyOnItsDateOrTheLastOfAShorterMonth) {
    Schedule schedule;
    schedule.every = Pace::weekly; // 2026-11-22 is a Sunday.
    EXPECT_EQ(next(schedule, "2026-11-22T00:00:00Z"), "2026-11-22T01:00:00.000000Z");
    EXPECT_EQ(next(schedule, "2026-11-22T09:00:00Z"), "2026-11-29T01:00:00.000000Z");
    schedule.weekday = 1;
    EXPECT_EQ(next(schedule, "2026-11-22T09:00:00Z"), "2026-11-23T01:00:00.000000Z");
    schedule.every = Pace::monthly;
    schedule.day = 31;
    EXPECT_EQ(next(schedule, "2026-11-22T09:00:00Z"), "2026-11-30T01:00:00.000000Z");
    EXPECT_EQ(next(schedule, "2026-11-30T09:00:00Z"), "2026-12-31T01:00:00.000000Z");
    EXPECT_EQ(next(schedule, "2028-02-01T09:00:00Z"), "2028-02-29T01:00:00.000000Z");
    schedule.every = Pace::never;
    EXPECT_EQ(next(schedule, "2026-11-22T09:00:00Z"), "never");
    EXPECT_EQ(next({}, "2026-11-22T09:00:00Z", "Nowhere/Atlantis"), "never");
}

TEST(Schedule, WhatWasMissedIsDueAtOnceAndOnlyOnce) {
    const auto due = next_due({}, Pace::daily, "Europe/Paris", at("2026-11-01T05:00:00Z"), kWalls);
    EXPECT_LT(*due, at("2026-11-22T09:00:00Z"));
    EXPECT_GT(*next_due({}, Pace::daily, "Europe/Paris", at("2026-11-22T09:00:00Z"), kWalls),
              at("2026-11-22T09:00:00Z"));
}

TEST(Retention, KeepsWhatEitherTheNumberOrTheAgeKeepsAndAlwaysTheNewest) {
    std::vector<Timestamp> daily;
    for (int days = 0; days < 10; ++days)
        daily.push_back({at("2026-11-22T01:00:00Z").micros - days * 86'400'000'000});
    const Timestamp now = at("2026-11-22T09:00:00Z");
    Schedule schedule;
    schedule.keep_count = 3;
    EXPECT_EQ(outdated(schedule, daily, now), (std::vector<std::size_t>{3, 4, 5, 6, 7, 8, 9}));
    schedule.keep_days = 6;
    EXPECT_EQ(outdated(schedule, daily, now), (std::vector<std::size_t>{6, 7, 8, 9}));
    schedule.keep_count = 0;
    EXPECT_EQ(outdated(schedule, daily, now), (std::vector<std::size_t>{6, 7, 8, 9}));
    schedule.keep_days = 0;
    EXPECT_TRUE(outdated(schedule, daily, now).empty());
    schedule.keep_days = 1;
    const Timestamp years_later{now.micros + 1'000 * 86'400'000'000};
    EXPECT_EQ(outdated(schedule, daily, years_later).size(), 9U);
    EXPECT_TRUE(outdated(schedule, {}, now).empty());
}

TEST(Schedule, ComesBackFromItsEventAsItWasSet) {
    Schedule schedule{Pace::monthly, 23, 3, 31, 12, 365, false, true, "/mnt/usb", Pace::daily};
    CustodyNoted noted;
    noted.options = to_options(schedule);
    noted.target = schedule.target;
    EXPECT_EQ(schedule_of(noted), schedule);
    EXPECT_EQ(schedule_of({}), Schedule{});
}

} // namespace
} // namespace daybook::custody
