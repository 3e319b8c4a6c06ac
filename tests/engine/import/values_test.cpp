// Numbers, dates and names of countries, as the files of others spell them.
#include "engine/import/country_names.h"
#include "engine/import/dates.h"
#include "engine/import/numbers.h"
#include "tests/support/builders.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::import {
namespace {

TEST(ImportedNumbers, AreReadWithTheDecimalOfTheFile) {
    struct Case {
        const char* text;
        char decimal;
        const char* value;
    };
    for (const auto& [text, decimal, value] : {
             Case{"15.3", '.', "15.3"},
             Case{"15.30000000", '.', "15.3"},
             Case{" +6 ", '.', "6"},
             Case{"-0.50", '.', "-0.5"},
             Case{"-0", '.', "0"},
             Case{".5", '.', "0.5"},
             Case{"007", '.', "7"},
             Case{"1,234,567.891", '.', "1234567.891"},
             Case{"1.234.567,891", ',', "1234567.891"},
             Case{"1 234,5", ',', "1234.5"},
             Case{"1\u00A0234,5", ',', "1234.5"},
             Case{"1\u202F234\u202F567,5", ',', "1234567.5"},
             Case{"1'234.5", '.', "1234.5"},
             Case{"1.234", '.', "1.234"},
             Case{"1.234", ',', "1234"},
             Case{"1000000000000", '.', "1000000000000"},
         }) {
        const auto number = parse_number(text, decimal);
        ASSERT_TRUE(number.has_value()) << text;
        EXPECT_EQ(to_text(*number), value) << text;
    }
}

TEST(ImportedNumbers, AreRefusedWhenTheyCannotBeMeant) {
    struct Case {
        const char* text;
        const char* reason;
    };
    for (const auto& [text, reason] : {
             Case{"", "not_a_decimal"},
             Case{"-", "not_a_decimal"},
             Case{"abc", "not_a_decimal"},
             Case{"1e5", "not_a_decimal"},
             Case{"1,23", "not_a_decimal"},
             Case{"1,2345", "not_a_decimal"},
             Case{"1234,567", "not_a_decimal"},
             Case{"0,123", "not_a_decimal"},
             Case{"1,234 567", "not_a_decimal"},
             Case{"1.2.3", "not_a_decimal"},
             Case{"1.", "not_a_decimal"},
             Case{".", "not_a_decimal"},
             Case{",123", "not_a_decimal"},
             Case{"--1", "not_a_decimal"},
             Case{"5%", "not_a_decimal"},
             Case{"£5", "not_a_decimal"},
             Case{"NaN", "not_a_decimal"},
             Case{"0.1234567", "too_many_decimals"},
             Case{"1000000000001", "out_of_range"},
             Case{"99999999999999999999", "out_of_range"},
         }) {
        const auto number = parse_number(text, '.');
        ASSERT_FALSE(number.has_value()) << text;
        EXPECT_EQ(number.error().what, reason) << text;
    }
}

RC_GTEST_PROP(ImportedNumbers, ComeBackFromTheirOwnText, ()) {
    const Decimal number{*rc::gen::inRange<std::int64_t>(-kDecimalMax, kDecimalMax + 1)};
    std::string text = to_text(number);
    RC_ASSERT(parse_number(text, '.').value() == number);
    std::ranges::replace(text, '.', ',');
    RC_ASSERT(parse_number(text, ',').value() == number);
}

TEST(ImportedDates, AreReadInTheOrderOfTheFile) {
    struct Case {
        const char* text;
        DateOrder order;
        const char* date;
        std::optional<std::int32_t> second;
    };
    for (const auto& [text, order, date, second] : {
             Case{"12/1/10 8:26", DateOrder::mdy, "2010-12-01", 8 * 3600 + 26 * 60},
             Case{"12/1/10 8:26", DateOrder::dmy, "2010-01-12", 8 * 3600 + 26 * 60},
             Case{"12/1/10 8:26", DateOrder::ymd, "2012-01-10", 8 * 3600 + 26 * 60},
             Case{"2010-12-01", DateOrder::ymd, "2010-12-01", {}},
             Case{"2010-12-01T23:59:58", DateOrder::ymd, "2010-12-01", 86'398},
             Case{"31.12.1999", DateOrder::dmy, "1999-12-31", {}},
             Case{"29/2/00", DateOrder::dmy, "2000-02-29", {}},
             Case{"1/1/70", DateOrder::dmy, "1970-01-01", {}},
             Case{"1/1/69", DateOrder::dmy, "2069-01-01", {}},
             Case{"12/1/2010 12:00 AM", DateOrder::mdy, "2010-12-01", 0},
             Case{"12/1/2010 12:30 pm", DateOrder::mdy, "2010-12-01", 12 * 3600 + 30 * 60},
             Case{"12/1/2010 1:05:09 PM", DateOrder::mdy, "2010-12-01", 13 * 3600 + 5 * 60 + 9},
         }) {
        const auto at = parse_wall_time(text, order);
        ASSERT_TRUE(at.has_value()) << text;
        EXPECT_EQ(to_text(at->date), date) << text;
        EXPECT_EQ(at->second_of_day, second) << text;
    }
}

TEST(ImportedDates, AreRefusedWhenTheyCannotBeMeant) {
    for (const char* text : {"",
                             "12",
                             "13/13/10",
                             "2/30/10",
                             "12/1",
                             "12/1-10",
                             "12/1/1",
                             "12/1/010",
                             "0/1/10",
                             "12/1/10 24:00",
                             "12/1/10 8",
                             "12/1/10 8:6",
                             "12/1/10 8:60",
                             "12/1/10 13:00 PM",
                             "12/1/10 8:26Z",
                             "12/1/10 8:26 +02:00",
                             "12/1/10x",
                             "40513",
                             "2010-12-01",
                             "12/1/1850",
                             "-1/1/10",
                             "123456/1/10"})
        EXPECT_FALSE(parse_wall_time(text, DateOrder::mdy).has_value()) << text;
}

RC_GTEST_PROP(ImportedDates, ComeBackInAnyOrder, ()) {
    const Date date{*rc::gen::inRange(-25'000, 300'000)};
    const auto [year, month, day] = civil(date);
    const auto text = [](int a, int b, int c) {
        return std::to_string(a) + "/" + std::to_string(b) + "/" + std::to_string(c);
    };
    RC_ASSERT(parse_wall_time(text(month, day, year), DateOrder::mdy)->date == date);
    RC_ASSERT(parse_wall_time(text(day, month, year), DateOrder::dmy)->date == date);
    RC_ASSERT(parse_wall_time(text(year, month, day), DateOrder::ymd)->date == date);
}

TEST(CountryNames, AreThoseOfTheFilesWeMet) {
    struct Case {
        const char* name;
        const char* alpha2;
    };
    for (const auto& [name, alpha2] :
         {Case{"United Kingdom", "GB"}, Case{"EIRE", "IE"}, Case{"France", "FR"},
          Case{" germany ", "DE"}, Case{"Channel Islands", ""}, Case{"European Community", ""},
          Case{"Unspecified", ""}, Case{"FR", "FR"}, Case{"XX", ""}, Case{"", ""},
          Case{"Algérie", "DZ"}, Case{"Pays-Bas", "NL"}})
        EXPECT_EQ(country_of(name), alpha2) << name;
}

} // namespace
} // namespace daybook::import
