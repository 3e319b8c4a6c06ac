#include "engine/import/csv_reader.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::import {
namespace {

using domain::Code;
using Fields = std::vector<std::string>;

TEST(CsvReader, KnowsTheLineOfEveryRowWhateverItsFieldsHold) {
    const auto table = read_csv("a,b\r\n1,\"two\r\nlines\"\r\n\r\n2,\"x\n\ny\"\n3,4");
    ASSERT_TRUE(table.has_value());
    EXPECT_EQ(table->header, (Row{1, {"a", "b"}}));
    EXPECT_EQ(table->rows, (std::vector<Row>{
                               {2, {"1", "two\r\nlines"}}, {5, {"2", "x\n\ny"}}, {8, {"3", "4"}}}));
}

TEST(CsvReader, KeepsBlanksQuotesAndMarkupExactly) {
    const auto table = read_csv("a,b\n  x \t,\" \"\"y\"\" \"\n=1+1,<script>&amp;\n@é,\"-\"\n");
    ASSERT_TRUE(table.has_value());
    EXPECT_EQ(table->rows[0].fields, (Fields{"  x \t", " \"y\" "}));
    EXPECT_EQ(table->rows[1].fields, (Fields{"=1+1", "<script>&amp;"}));
    EXPECT_EQ(table->rows[2].fields, (Fields{"@é", "-"}));
}

TEST(CsvReader, FindsTheSeparatorInTheHeaderAndStripsTheMark) {
    struct Case {
        const char* text;
        char separator;
    };
    for (const auto& [text, separator] :
         {Case{"a,b\n1,2\n", ','}, Case{"a;b\n1;2\n", ';'}, Case{"a\tb\n1\t2\n", '\t'},
          Case{"\xEF\xBB\xBF\"a\";b\n1;2\n", ';'}, Case{"\"a;,;,;\",b\n1,2\n", ','}}) {
        const auto table = read_csv(text);
        ASSERT_TRUE(table.has_value()) << text;
        EXPECT_EQ(table->separator, separator) << text;
        EXPECT_EQ(table->rows.front().fields, (Fields{"1", "2"})) << text;
        EXPECT_NE(table->header.fields.front().front(), '\xEF') << text;
    }
}

TEST(CsvReader, TakesTheSeparatorItIsToldOverTheOneItWouldFind) {
    const auto table = read_csv("a;b,c;d\n1;2,3;4\n", ',');
    ASSERT_TRUE(table.has_value());
    EXPECT_EQ(table->rows.front().fields, (Fields{"1;2", "3;4"}));
}

TEST(CsvReader, ReadsLinesThatEndInCarriageReturnsOnly) {
    const auto table = read_csv("a,b\r1,2\r3,4\r");
    ASSERT_TRUE(table.has_value());
    EXPECT_EQ(table->rows, (std::vector<Row>{{2, {"1", "2"}}, {3, {"3", "4"}}}));
}

TEST(CsvReader, CountsRowsOfSeparatorsOnlyByTheirLines) {
    const auto table = read_csv("a,b\n,\n1,2\n,\n");
    ASSERT_TRUE(table.has_value());
    EXPECT_EQ(table->blank_rows, (std::vector<std::uint64_t>{2, 4}));
    EXPECT_EQ(table->rows.size(), 1u);
}

TEST(CsvReader, NamesTheLineOfEveryRowThatIsBroken) {
    struct Case {
        const char* name;
        std::string text;
        std::vector<std::string> pointers;
        const char* says;
    };
    const std::vector<Case> cases = {
        {"fields",
         "a,b\n1\n1,2\n1,2,3\n",
         {"/rows/2", "/rows/4"},
         "1 fields where the header has 2"},
        {"quote inside", "a,b\n1,2\nx\"y,2\n", {"/rows/3"}, "doubled"},
        {"text after quote", "a,b\n\"x\" ,2\n", {"/rows/2"}, "doubled"},
        {"open quote", "a,b\n1,2\n1,\"2\n3,4\n", {"/rows/3"}, "not closed"},
        {"Latin-1",
         "a,b\n1,caf\xE9\n\xFF,2\n",
         {"/rows/2", "/rows/3"},
         "line 2, byte 6 (byte 10 of the file) is 0xE9"},
        {"overlong", "a,b\n\xC0\x80,1\n", {"/rows/2"}, "0xC0"},
        {"surrogate", "a,b\n\xED\xA0\x80,1\n", {"/rows/2"}, "0xED"},
        {"above Unicode", "a,b\n\xF4\x90\x80\x80,1\n", {"/rows/2"}, "0xF4"},
        {"cut short", "a,b\n1,\xE2\x82", {"/rows/2"}, "0xE2"},
        {"NUL", std::string("a,b\n1,\0\n", 8), {"/rows/2"}, "no NUL"},
        {"long row", "a,b\n1," + std::string(kRowBytesMax, 'x') + "\n", {"/rows/2"}, "longer than"},
        {"long quoted row",
         "a,b\n1,\"" + std::string(kRowBytesMax, '\n') + "\"\n",
         {"/rows/2"},
         "longer than"},
        {"many fields", "a,b\n" + std::string(kFieldsMax, ',') + "\n", {"/rows/2"}, "201 fields"},
    };
    for (const Case& each : cases) {
        const auto table = read_csv(each.text);
        ASSERT_FALSE(table.has_value()) << each.name;
        EXPECT_EQ(table.error().code, Code::import_broken_row) << each.name;
        std::vector<std::string> pointers;
        for (const domain::Fault& fault : table.error().faults)
            pointers.push_back(fault.pointer);
        EXPECT_EQ(pointers, each.pointers) << each.name;
        EXPECT_NE(table.error().faults.front().detail.find(each.says), std::string::npos)
            << each.name << ": " << table.error().faults.front().detail;
    }
}

TEST(CsvReader, ListsAHundredFaultsAndCountsThemAll) {
    std::string text = "a,b\n";
    for (int i = 0; i < 250; ++i)
        text += "1\n";
    const auto table = read_csv(text);
    ASSERT_FALSE(table.has_value());
    EXPECT_EQ(table.error().faults.size(), 100u);
    EXPECT_EQ(table.error().facts, (std::vector<NamedText>{{"faults", "250"}}));
}

TEST(CsvReader, RefusesWhatIsNoTableAtAll) {
    EXPECT_EQ(read_csv("").error().code, Code::import_empty);
    EXPECT_EQ(read_csv("\n\r\n").error().code, Code::import_empty);
    EXPECT_EQ(read_csv("\xEF\xBB\xBF").error().code, Code::import_empty);
    EXPECT_EQ(read_csv(std::string_view("\xFF\xFE\x61\0", 4)).error().code, Code::unknown_format);
}

TEST(CsvReader, TakesTheLargestRowAndTheWidestOne) {
    const std::string wide(kFieldsMax - 1, ',');
    EXPECT_TRUE(read_csv("a" + wide + "\n1" + wide).has_value());
    EXPECT_TRUE(read_csv("a\n" + std::string(kRowBytesMax, 'x')).has_value());
    EXPECT_FALSE(read_csv("a\n" + std::string(kRowBytesMax + 1, 'x')).has_value());
}

// ---- what is written comes back ----------------------------------------------------------------

std::string written(const std::string& field, char separator, bool always) {
    if (!always && field.find_first_of("\"\r\n" + std::string(1, separator)) == std::string::npos)
        return field;
    std::string text = "\"";
    for (const char c : field)
        text += c == '"' ? std::string("\"\"") : std::string(1, c);
    return text + "\"";
}

RC_GTEST_PROP(CsvReader, ReadsBackWhateverIsWritten, ()) {
    const auto separator = *rc::gen::element(',', ';', '\t');
    const bool always = *rc::gen::arbitrary<bool>();
    const auto newline = *rc::gen::element<std::string>("\n", "\r\n", "\r");
    const auto width = *rc::gen::inRange<std::size_t>(1, 6);
    const auto field = rc::gen::container<std::string>(
        rc::gen::element('a', ' ', '"', ',', ';', '\t', '\n', '\r', '=', '\x01', '0'));
    const auto rows =
        *rc::gen::container<std::vector<Fields>>(rc::gen::container<Fields>(width, field));

    std::string text = "h";
    for (std::size_t i = 1; i < width; ++i)
        text += separator + std::string("h");
    text += newline;
    std::vector<Fields> expected;
    for (const Fields& row : rows) {
        for (std::size_t i = 0; i < width; ++i)
            text += (i ? std::string(1, separator) : "") + written(row[i], separator, always);
        text += newline;
        if (std::ranges::any_of(row, [](auto& each) { return !each.empty(); }))
            expected.push_back(row);
    }
    const auto table = read_csv(text, separator);
    RC_ASSERT(table.has_value());
    std::vector<Fields> found;
    for (const Row& row : table->rows)
        found.push_back(row.fields);
    RC_ASSERT(found == expected);
}

RC_GTEST_PROP(CsvReader, AnswersAnyBytesWithATableOrARefusal, ()) {
    const auto bytes = *rc::gen::container<std::string>(
        rc::gen::element('a', '"', ',', '\n', '\r', '\xC3', '\xA9', '\0', '\xEF', ' '));
    const auto table = read_csv(bytes);
    if (!table) {
        RC_ASSERT(table.error().code != Code::import_broken_row || !table.error().faults.empty());
        return;
    }
    for (const Row& row : table->rows)
        RC_ASSERT(row.fields.size() == table->header.fields.size());
}

} // namespace
} // namespace daybook::import
