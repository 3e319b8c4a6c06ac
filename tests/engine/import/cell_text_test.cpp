#include "engine/import/cell_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::import {
namespace {

TEST(CellText, WritesNumbersAsPeopleReadThem) {
    struct Case {
        const char* cell;
        const char* text; // nullptr: no number.
    };
    for (const auto& [cell, text] : {Case{"0", "0"},
                                     Case{"-0", "0"},
                                     Case{"1234.50", "1234.5"},
                                     Case{"007", "7"},
                                     Case{"+.5", "0.5"},
                                     Case{"5.", "5"},
                                     Case{"1.5E-3", "0.0015"},
                                     Case{"1E3", "1000"},
                                     Case{"1.25e+2", "125"},
                                     Case{"0.30000000000000004", "0.3"},
                                     Case{"2.2999999999999998", "2.3"},
                                     Case{"999999999999999.9", "1000000000000000"},
                                     Case{"0.99999999999999989", "1"},
                                     Case{"123456789012345", "123456789012345"},
                                     Case{"-1E-30", "-0.000000000000000000000000000001"},
                                     Case{"1E-31", nullptr},
                                     Case{"1E400", nullptr},
                                     Case{"1E99999999999", nullptr},
                                     Case{"", nullptr},
                                     Case{"-", nullptr},
                                     Case{".", nullptr},
                                     Case{"1E", nullptr},
                                     Case{"1,5", nullptr},
                                     Case{"1 5", nullptr},
                                     Case{"0x10", nullptr},
                                     Case{"NaN", nullptr},
                                     Case{"1.2.3", nullptr}}) {
        const auto found = number_text(cell);
        EXPECT_EQ(found.value_or("none"), text ? text : "none") << cell;
    }
}

TEST(CellText, ReadsTheCharactersThatXmlCannotHold) {
    struct Case {
        const char* cell;
        const char* text;
    };
    for (const auto& [cell, text] :
         {Case{"plain _x text_", "plain _x text_"}, Case{"a_x000A_b", "a\nb"},
          Case{"_x005F_x000A_", "_x000A_"}, Case{"_x00e9_", "é"}, Case{"_x20AC_", "€"},
          Case{"_x0000_", "_x0000_"}, Case{"_xD800_", "_xD800_"}, Case{"_x12G4_", "_x12G4_"},
          Case{"_x-001_", "_x-001_"}, Case{"_x000", "_x000"}})
        EXPECT_EQ(unescaped(cell), text) << cell;
}

TEST(CellText, WritesWhatComesBackAsItWas) {
    struct Case {
        const char* text;
        const char* cell;
    };
    for (const auto& [text, cell] :
         {Case{"a _x b_\n\t", "a _x b_\n\t"}, Case{"\r\x01", "_x000D__x0001_"},
          Case{"_x0041_", "_x005F_x0041_"}, Case{"_x0041\r", "_x005F_x0041_x000D_"},
          Case{"_x005F_x0041_", "_x005F_x005F_x005F_x0041_"}, Case{"_xD800_", "_x005F_xD800_"},
          Case{"é\xEF\xBF\xBF", "é_xFFFF_"}, Case{"\xEF\xBF\xBE", "_xFFFE_"}}) {
        EXPECT_EQ(escaped(text), cell);
        EXPECT_EQ(unescaped(cell), text) << cell;
    }
}

RC_GTEST_PROP(CellText, BringsEveryTextBack, ()) {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("_", "x", "0041", "005F", "d8", "\r", "\x1f", "é", "a"));
    std::string text;
    for (const std::string& piece : pieces)
        text += piece;
    RC_ASSERT(unescaped(escaped(text)) == text);
}

TEST(CellText, KnowsColumnsByTheirLetters) {
    struct Case {
        const char* place;
        std::size_t column;
    };
    for (const auto& [place, column] :
         {Case{"A1", 1}, Case{"Z9", 26}, Case{"AB12", 28}, Case{"XFD1048576", 16'384},
          Case{"XFE1", 0}, Case{"ZZZZZZZZZZZZZZZZZZZZ1", 0}, Case{"12", 0}}) {
        EXPECT_EQ(column_of_place(place), column) << place;
        EXPECT_TRUE(std::string(place).starts_with(column_letters(column))) << place;
    }
}

} // namespace
} // namespace daybook::import
