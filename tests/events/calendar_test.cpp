#include "events/calendar.h"

#include "tests/support/ok.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook {
namespace {

using tests::ok;

TEST(Date, CountsTheDaysOfTheGregorianCalendar) {
    const std::pair<const char*, int> cases[] = {{"1970-01-01", 0},       {"1969-12-31", -1},
                                                 {"2000-02-29", 11'016},  {"2000-03-01", 11'017},
                                                 {"1900-03-01", -25'508}, {"2026-03-31", 20'543}};
    for (const auto& [text, days] : cases) {
        EXPECT_EQ(ok(parse_date(text)).days, days) << text;
        EXPECT_EQ(to_text(Date{days}), text);
    }
}

TEST(Date, KnowsLeapYears) {
    for (const char* text : {"2024-02-29", "2000-02-29", "2400-02-29"})
        EXPECT_TRUE(parse_date(text).has_value()) << text;
    for (const char* text : {"2023-02-29", "1900-02-29", "2100-02-29", "2024-02-30"})
        EXPECT_FALSE(parse_date(text).has_value()) << text;
}

TEST(Date, RefusesEveryOtherForm) {
    for (const char* text :
         {"",           "2026",       "2026-3-31",   "2026-03-1",   "26-03-31",
          "2026/03/31", "31-03-2026", "2026-03-31 ", " 2026-03-31", "2026-03-31T00:00:00Z",
          "2026-00-01", "2026-13-01", "2026-01-00",  "2026-04-31",  "2026-01-32",
          "1899-12-31", "3000-01-01", "-026-01-01",  "2026-+1-01",  "2026-0a-01"}) {
        const auto parsed = parse_date(text);
        ASSERT_FALSE(parsed.has_value()) << text;
        EXPECT_EQ(parsed.error().kind, ErrorKind::invalid);
    }
}

TEST(Date, HasNamedEnds) {
    EXPECT_EQ(to_text(kFirstDate), "1900-01-01");
    EXPECT_EQ(to_text(kLastDate), "2999-12-31");
    EXPECT_EQ(ok(make_date(1900, 1, 1)), kFirstDate);
    EXPECT_EQ(ok(make_date(2999, 12, 31)), kLastDate);
    // Each would be a date between them in a calendar that counts years in 16 bits.
    for (const int year : {1899, 3000, 2026 + 65'536, 2026 - 65'536})
        EXPECT_FALSE(make_date(year, 1, 1).has_value()) << year;
    for (const int field : {-1, 0, 257, 65'537})
        EXPECT_FALSE(make_date(2026, field, 1) || make_date(2026, 1, field)) << field;
}

TEST(Date, FindsTheEndOfItsMonth) {
    const std::pair<const char*, const char*> cases[] = {{"2026-02-01", "2026-02-28"},
                                                         {"2024-02-10", "2024-02-29"},
                                                         {"2026-12-31", "2026-12-31"},
                                                         {"2026-04-15", "2026-04-30"}};
    for (const auto& [date, end] : cases)
        EXPECT_EQ(to_text(end_of_month(ok(parse_date(date)))), end);
    EXPECT_EQ(to_text(add_days(ok(parse_date("2026-12-31")), 60)), "2027-03-01");
    EXPECT_EQ(to_text(add_days(ok(parse_date("2026-01-01")), -1)), "2025-12-31");
}

RC_GTEST_PROP(Date, IsReadAsItWasWritten, ()) {
    const Date date{*rc::gen::inRange(kFirstDate.days, kLastDate.days + 1)};
    RC_ASSERT(ok(parse_date(to_text(date))) == date);
    const YearMonthDay parts = civil(date);
    RC_ASSERT(ok(make_date(parts.year, parts.month, parts.day)) == date);
}

// ---- instants ---------------------------------------------------------------------------------

TEST(Timestamp, IsReadWithAnyOffsetAndUpToSixDecimals) {
    const std::pair<const char*, const char*> cases[] = {
        {"2026-03-31T22:00:00Z", "2026-03-31T22:00:00.000000Z"},
        {"2026-03-31t22:00:00z", "2026-03-31T22:00:00.000000Z"},
        {"2026-04-01T00:00:00+02:00", "2026-03-31T22:00:00.000000Z"},
        {"2026-03-31T12:30:00-09:30", "2026-03-31T22:00:00.000000Z"},
        {"2026-03-31T22:00:00-00:00", "2026-03-31T22:00:00.000000Z"},
        {"2026-03-31T22:00:00.5Z", "2026-03-31T22:00:00.500000Z"},
        {"2026-03-31T22:00:00.000001+00:00", "2026-03-31T22:00:00.000001Z"},
        {"1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"},
    };
    for (const auto& [text, utc] : cases)
        EXPECT_EQ(to_text(ok(parse_timestamp(text))), utc) << text;
    EXPECT_EQ(ok(parse_timestamp("1970-01-01T00:00:00.000001Z")).micros, 1);
    EXPECT_EQ(ok(parse_timestamp("1969-12-31T23:59:59.999999Z")).micros, -1);
}

TEST(Timestamp, RefusesEveryOtherForm) {
    for (const char* text :
         {"", "2026-03-31", "2026-03-31T22:00Z", "2026-03-31T22:00:00", "2026-03-31 22:00:00Z",
          "2026-03-31T24:00:00Z", "2026-03-31T22:60:00Z", "2026-03-31T22:00:60Z",
          "2026-03-31T22:00:00.Z", "2026-03-31T22:00:00.1234567Z", "2026-03-31T22:00:00+0200",
          "2026-03-31T22:00:00+24:00", "2026-03-31T22:00:00+02:60", "2026-03-31T22:00:00Zx",
          "2026-02-30T22:00:00Z", "2026-03-31T22:00:00 Z"})
        EXPECT_FALSE(parse_timestamp(text).has_value()) << text;
}

RC_GTEST_PROP(Timestamp, IsReadAsItWasWritten, ()) {
    const Timestamp at{*rc::gen::inRange(start_of(kFirstDate).micros, start_of(kLastDate).micros)};
    RC_ASSERT(ok(parse_timestamp(to_text(at))) == at);
}

TEST(Timestamp, BeginsItsDayAtMidnightUtc) {
    EXPECT_EQ(to_text(start_of(ok(parse_date("2026-03-31")))), "2026-03-31T00:00:00.000000Z");
    EXPECT_EQ(to_text(start_of(kFirstDate)), "1900-01-01T00:00:00.000000Z");
}

} // namespace
} // namespace daybook
