#include "engine/import/cell_formats.h"

#include <gtest/gtest.h>

namespace daybook::import {
namespace {

TEST(CellFormats, KnowWhichNumbersAreDates) {
    for (const char* code :
         {"yyyy-mm-dd", "[$-409]d/m/yy h:mm AM/PM", "[Red]dd.mm.", "hh:mm", "\"le \"d mmmm"})
        EXPECT_TRUE(is_date_format(164, code)) << code;
    for (const char* code : {"General", "0.00", "#,##0.00 \"USD\"", "0.00E+00", "[Red]0;[Blue]d",
                             "[h]:mm", "0\\d", "_d0*m", "@", "\"unended d"})
        EXPECT_FALSE(is_date_format(164, code)) << code;
    EXPECT_TRUE(is_date_format(14, "") && is_date_format(22, "") && is_date_format(45, ""));
    EXPECT_FALSE(is_date_format(0, "") || is_date_format(2, "") || is_date_format(46, ""));
}

TEST(CellFormats, CountDays) {
    const auto day = [](const char* number, DayCount from = DayCount::from_1900) {
        return date_text(number, from).value_or("none");
    };
    EXPECT_EQ(day("61"), "1900-03-01");
    EXPECT_EQ(day("60"), "none"); // 29 February 1900, which there was not.
    EXPECT_EQ(day("0.5"), "none");
    EXPECT_EQ(day("46112"), "2026-03-31");
    EXPECT_EQ(day("46112.999999"), "2026-04-01"); // Half a second before midnight is midnight.
    EXPECT_EQ(day("46112.351388888889"), "2026-03-31 08:26:00");
    EXPECT_EQ(day("2958465"), "9999-12-31");
    EXPECT_EQ(day("2958466"), "none");
    EXPECT_EQ(day("-1"), "none");
    EXPECT_EQ(day("44650", DayCount::from_1904), "2026-03-31");
}

} // namespace
} // namespace daybook::import
