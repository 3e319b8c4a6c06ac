#include "engine/import/xml_part.h"

#include "engine/import/workbook_reader.h"
#include "tests/engine/import/workbook_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daybook::import {
namespace {

using testing::HasSubstr;

TEST(XmlPart, RefusesWhatXmlCanDoAndWorkbooksDoNot) {
    struct Case {
        std::string before;
        std::string rows;
        const char* why;
    };
    std::string deep;
    for (int n = 0; n < 1000; ++n)
        deep += "<a>";
    for (const auto& [before, rows, why] :
         {Case{"<!DOCTYPE lolz [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>", "&b;",
               "a document type"},
          Case{"<!DOCTYPE x SYSTEM \"file:///etc/passwd\">", "", "a document type"},
          Case{"", "<row><c><v>&undeclared;</v></c></row>", "undefined entity"},
          Case{"", deep, "within each other"},
          Case{"", "<row " + std::string(4 * 1024 * 1024, ' ') + "/>", "a tag that is larger"},
          Case{"", "<row><c></row>", "mismatched tag"},
          Case{"", "<row><c><v>\xFF</v></c></row>", "not well-formed"},
          Case{"<?xml version=\"1.0\" encoding=\"EBCDIC\"?>", "", "unknown encoding"}}) {
        Workbook book;
        book.before = before;
        book.rows = rows;
        EXPECT_THAT(refused(book.bytes()), HasSubstr(why));
    }
}

TEST(XmlPart, ReadsOtherEncodingsThatTheFileNames) {
    Workbook book;
    book.before = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>";
    book.rows = "<row><c t=\"inlineStr\"><is><t>caf\xE9</t></is></c></row>";
    EXPECT_EQ(read_workbook(book.bytes())->header.fields.front(), "café");
}

} // namespace
} // namespace daybook::import
