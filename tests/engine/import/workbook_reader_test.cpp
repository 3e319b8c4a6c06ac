#include "engine/import/workbook_reader.h"

#include "engine/import/sheet_reader.h"
#include "tests/engine/import/workbook_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daybook::import {
namespace {

using domain::Code;
using testing::HasSubstr;
using Texts = std::vector<std::string>;

// A header "a, b" in row 1 and one cell B2 of which this is the XML.
std::string with_cell(const std::string& cell) {
    return "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c>"
           "<c r=\"B1\" t=\"inlineStr\"><is><t>b</t></is></c></row><row r=\"2\">"
           + cell + "</row>";
}

TEST(WorkbookReader, ReadsSharedAndInlineTextsAndKeepsTheNumberOfEachRow) {
    Workbook book;
    book.shared = "<si><t>id</t></si><si><t>name</t></si>"
                  "<si><r><t>Ca</t></r><r><t xml:space=\"preserve\">fé </t></r>"
                  "<rPh sb=\"0\" eb=\"1\"><t>kana</t></rPh></si>";
    book.rows =
        "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"s\"><v>1</v></c></row>"
        "<row r=\"3\"/><row r=\"5\"><c r=\"B5\" t=\"s\"><v>2</v></c></row>"
        "<row><c t=\"inlineStr\"><is><t>x&lt;y</t></is></c><c><v>7</v></c></row>";
    const auto table = read_workbook(book.bytes());
    ASSERT_TRUE(table.has_value()) << table.error().detail;
    EXPECT_EQ(table->separator, kNoSeparator);
    EXPECT_EQ(table->header, (Row{2, {"id", "name"}}));
    EXPECT_EQ(table->rows, (std::vector<Row>{{5, {"", "Café "}}, {6, {"x<y", "7"}}}));
    EXPECT_EQ(table->blank_rows, std::vector<std::uint64_t>{3});
}

TEST(WorkbookReader, ReadsEachKindOfCell) {
    struct Case {
        const char* cell;
        const char* text;
    };
    for (const auto& [cell, text] :
         {Case{"<c r=\"B2\"><v>12.5</v></c>", "12.5"},
          Case{"<c r=\"B2\" t=\"n\"><v>-3</v></c>", "-3"},
          Case{"<c r=\"B2\"><v>19.989999999999998</v></c>", "19.99"},
          Case{"<c r=\"B2\"><v>1.0000000000000001E-6</v></c>", "0.000001"},
          Case{"<c r=\"B2\" t=\"b\"><v>1</v></c>", "true"},
          Case{"<c r=\"B2\" t=\"b\"><v>0</v></c>", "false"},
          Case{"<c r=\"B2\" t=\"str\"><f>A1&amp;A1</f><v>aa</v></c>", "aa"},
          Case{"<c r=\"B2\"><f>1+1</f><v>2</v></c>", "2"},
          Case{"<c r=\"B2\" t=\"d\"><v>2026-03-31</v></c>", "2026-03-31"},
          Case{"<c r=\"B2\" t=\"inlineStr\"><is><t>=1+1</t></is></c>", "=1+1"},
          Case{"<c r=\"B2\" t=\"inlineStr\"><is><t>01234</t></is></c>", "01234"},
          Case{"<c r=\"B2\" t=\"inlineStr\"><is><t>a_x000D__x005F_x41_</t></is></c>", "a\r_x41_"},
          Case{"<c r=\"B2\" s=\"1\"><v>46112</v></c>", "2026-03-31"},
          Case{"<c r=\"B2\" s=\"2\"><v>46112.25</v></c>", "2026-03-31 06:00:00"},
          Case{"<c r=\"B2\" s=\"3\"><v>46112</v></c>", "46112"}}) {
        Workbook book;
        book.styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"[$-40C]d mmm yy\\ hh:mm\"/>"
                      "<numFmt numFmtId=\"165\" formatCode=\"0.00&quot;d&quot;\"/></numFmts>"
                      "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"
                      "<xf numFmtId=\"165\"/></cellXfs>";
        book.rows = with_cell(std::string(cell) + "<c r=\"A2\"><v>1</v></c>");
        const auto table = read_workbook(book.bytes());
        ASSERT_TRUE(table.has_value()) << cell << table.error().detail;
        EXPECT_EQ(table->rows.at(0).fields, (Texts{"1", text})) << cell;
    }
}

TEST(WorkbookReader, CountsDaysFrom1904WhereTheWorkbookDoes) {
    Workbook book;
    book.properties = "date1904=\"1\"";
    book.styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>";
    book.rows = with_cell("<c r=\"B2\" s=\"0\"><v>44650</v></c>");
    EXPECT_EQ(read_workbook(book.bytes())->rows.at(0).fields, (Texts{"", "2026-03-31"}));
}

TEST(WorkbookReader, NamesTheCellThatCannotBeTaken) {
    struct Case {
        const char* cell;
        const char* pointer;
        const char* why;
    };
    for (const auto& [cell, pointer, why] :
         {Case{"<c r=\"B2\"><f>1+1</f></c>", "/rows/2/b", "B2: a formula whose value"},
          Case{"<c r=\"B2\" t=\"e\"><v>#REF!</v></c>", "/rows/2/b", "shows an error: \"#REF!\""},
          Case{"<c r=\"B2\" t=\"s\"><v>9</v></c>", "/rows/2/b", "a text that is not there"},
          Case{"<c r=\"B2\"><v>many</v></c>", "/rows/2/b", "\"many\" is no value of its kind"},
          Case{"<c r=\"B2\" t=\"b\"><v>2</v></c>", "/rows/2/b", "no value of its kind"},
          Case{"<c r=\"B2\" s=\"1\"><v>0.5</v></c>", "/rows/2/b", "a time without a day"},
          Case{"<c r=\"C2\"><v>1</v></c>", "/rows/2/C", "C2: a value in a column that the header"},
          Case{"<c r=\"XFD2\"><v>1</v></c>", "/rows/2/XFD", "200 columns are the limit"},
          Case{"<c r=\"B2\"><v>1</v></c><c r=\"B2\"><v>2</v></c>", "/rows/2/b", "there twice"},
          Case{"<c r=\"??\"><v>1</v></c>", "/rows/2", "a cell without a place"},
          Case{"</row><row r=\"2\">", "/rows/2", "it stands behind row 2"},
          Case{"</row><row r=\"100001\"><c r=\"A1\"><v>1</v></c>", "/rows/100001",
               "100000 rows"}}) {
        Workbook book;
        book.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"20\"/></cellXfs>";
        book.rows = with_cell(cell);
        const auto table = read_workbook(book.bytes());
        ASSERT_FALSE(table.has_value()) << cell;
        EXPECT_EQ(table.error().code, Code::import_broken_row) << cell;
        EXPECT_EQ(table.error().faults.front().pointer, pointer) << cell;
        EXPECT_THAT(table.error().faults.front().detail, HasSubstr(why)) << cell;
    }
}

TEST(WorkbookReader, RefusesCellsThatASpreadsheetMayHaveCut) {
    Workbook book;
    const auto text_of = [](std::size_t size) {
        return with_cell("<c r=\"B2\" t=\"inlineStr\"><is><t>" + std::string(size, 'x')
                         + "</t></is></c>");
    };
    book.rows = text_of(kCellBytesMax);
    EXPECT_TRUE(read_workbook(book.bytes()).has_value());
    book.rows = text_of(kCellBytesMax + 1);
    EXPECT_THAT(read_workbook(book.bytes()).error().faults.front().detail, HasSubstr("longer"));
}

TEST(WorkbookReader, TakesTheFirstSheetThatHasCells) {
    Workbook book;
    book.rows = with_cell("<c r=\"A2\"><v>1</v></c>");
    Zip zip = book.zip();
    zip.parts[2].second = "<x:workbook xmlns:x=\"" + kMain + "\" xmlns:r=\"" + kRelations
                          + "\"><x:sheets><x:sheet r:id=\"chart\"/><x:sheet r:id=\"r1\"/>"
                            "</x:sheets></x:workbook>";
    zip.parts[3].second = relations(relation("chart", "chartsheet", "chart.xml")
                                    + relation("r1", "worksheet", "Worksheets/Sheet1.xml"));
    zip.comment = "made elsewhere";
    zip.wide = true;
    const auto table = read_workbook(zip.bytes());
    ASSERT_TRUE(table.has_value()) << table.error().detail;
    EXPECT_EQ(table->rows, (std::vector<Row>{{2, {"1", ""}}}));
}

TEST(WorkbookReader, RefusesASheetWithoutAnything) {
    for (const char* rows : {"", "<row r=\"1\"/>", "<row r=\"1\"><c r=\"A1\"/></row>"}) {
        Workbook book;
        book.rows = rows;
        EXPECT_EQ(read_workbook(book.bytes()).error().code, Code::import_empty) << rows;
    }
}

TEST(WorkbookReader, IsRecognisedByItsPartsAndNotTakenForABackup) {
    EXPECT_TRUE(is_workbook(Workbook().bytes()));
    EXPECT_TRUE(is_workbook(Workbook().bytes().substr(0, 64)));
    for (const char* name : {"xl/workbook.xml", "docProps/app.xml", "_rels/.rels"})
        EXPECT_TRUE(is_workbook(Zip{{{name, "x"}}}.bytes())) << name;
    for (const char* name : {"README.txt", "manifest.json", "mimetype", ""})
        EXPECT_FALSE(is_workbook(Zip{{{name, "x"}}}.bytes())) << name;
    for (const char* bytes : {"", "PK", "PK\x03\x04", "id,name\n", "\xD0\xCF\x11\xE0"})
        EXPECT_FALSE(is_workbook(bytes)) << bytes;
}

TEST(WorkbookReader, AddsUpCellsBeforeThereAreTooMany) {
    std::string rows = "<row r=\"1\">";
    for (int column = 1; column <= 200; ++column)
        rows += "<c><v>1</v></c>";
    rows += "</row>";
    Workbook book;
    for (std::size_t row = 0; row <= kSheetCellsMax / 200 + 1; ++row)
        rows += "<row><c><v>1</v></c></row>";
    book.rows = std::move(rows);
    const auto table = read_workbook(book.bytes());
    ASSERT_FALSE(table.has_value());
    EXPECT_THAT(table.error().faults.front().detail, HasSubstr("2000000 cells"));
}

} // namespace
} // namespace daybook::import
