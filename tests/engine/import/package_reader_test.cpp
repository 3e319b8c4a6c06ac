// Files that are made to do harm, or came to some.
#include "engine/import/package_reader.h"

#include "engine/import/workbook_reader.h"
#include "tests/engine/import/workbook_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daybook::import {
namespace {

using testing::HasSubstr;
using testing::Not;

Workbook sound() {
    Workbook book;
    book.rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";
    return book;
}

TEST(PackageReader, RefusesWhatIsCutAnywhere) {
    const std::string bytes = sound().bytes();
    ASSERT_TRUE(read_workbook(bytes).has_value());
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_THAT(refused(bytes.substr(0, size)), Not(HasSubstr("it was"))) << size;
}

TEST(PackageReader, SurvivesAnyByteThatIsAnother) {
    const std::string bytes = sound().bytes();
    for (std::size_t at = 0; at < bytes.size(); ++at)
        for (const int change : {0x01, 0x80, 0xff}) {
            std::string other = bytes;
            other[at] = static_cast<char>(other[at] ^ change);
            const auto table = read_workbook(other);
            // Dates, flags and names of parts that nobody reads may be anything.
            EXPECT_TRUE(!table || table->header == (Row{1, {"1"}})) << at;
        }
}

TEST(PackageReader, UnfoldsNoMoreThanIsAnnouncedAndNoMoreThanThereMayBe) {
    Workbook bomb = sound();
    bomb.rows += std::string(kPartBytesMax, ' ');
    EXPECT_THAT(refused(bomb.bytes()), HasSubstr("unfolds to more than 67108864 bytes"));
    Zip lie = bomb.zip();
    lie.size_off_by = -static_cast<std::int64_t>(kPartBytesMax / 2);
    EXPECT_THAT(refused(lie.bytes()), HasSubstr("more than"));
    Zip modest = sound().zip();
    modest.size_off_by = -1;
    EXPECT_THAT(refused(modest.bytes()), HasSubstr("it unfolds to more than announced"));
}

TEST(PackageReader, RefusesDamagedLockedAndUnknownParts) {
    Zip zip = sound().zip();
    zip.crc_off_by = 1;
    EXPECT_THAT(refused(zip.bytes()), HasSubstr("it is damaged"));
    zip = sound().zip();
    zip.size_off_by = 1;
    EXPECT_THAT(refused(zip.bytes()), HasSubstr("it is damaged"));
    zip = sound().zip();
    zip.flags = 1;
    EXPECT_THAT(refused(zip.bytes()), HasSubstr("locked with a password"));
    zip = sound().zip();
    zip.method = 12;
    EXPECT_THAT(refused(zip.bytes()), HasSubstr("compressed in a way"));
    zip.method = 0;
    EXPECT_TRUE(read_workbook(zip.bytes()).has_value());
}

TEST(PackageReader, RefusesNamesThatLeadSomewhereElseOrStandTwice) {
    for (const char* name : {"../evil.xml", "xl/../../evil.xml", "/etc/passwd", "xl\\evil.xml",
                             "c:evil.xml", "a\nb", ""}) {
        Zip zip = sound().zip();
        zip.parts.emplace_back(name, "x");
        EXPECT_THAT(refused(zip.bytes()), HasSubstr("a name that cannot be")) << name;
    }
    Zip zip = sound().zip();
    zip.parts.emplace_back("XL/Workbook.xml", "x");
    EXPECT_THAT(refused(zip.bytes()), HasSubstr("there twice: \"XL/Workbook.xml\""));
}

TEST(PackageReader, RefusesMorePartsThanWorkbooksHave) {
    Zip zip = sound().zip();
    while (zip.parts.size() <= kPartsMax)
        zip.parts.emplace_back("xl/media/" + std::to_string(zip.parts.size()), "");
    EXPECT_THAT(refused(zip.bytes()), HasSubstr("2000 are the limit"));
    zip.parts.resize(kPartsMax);
    EXPECT_TRUE(read_workbook(zip.bytes()).has_value());
}

TEST(PackageReader, RefusesArchivesOfOtherThings) {
    EXPECT_THAT(refused(Zip{{{"mimetype", "x"}}}.bytes()), HasSubstr("a ZIP, and no workbook"));
    EXPECT_THAT(refused(Zip{{{"_rels/.rels", relations("")}}}.bytes()),
                HasSubstr("holds no workbook"));
    Zip text = sound().zip();
    text.parts[2].second = "<document/>";
    EXPECT_THAT(refused(text.bytes()), HasSubstr("no sheet of cells"));
    Zip gone = sound().zip();
    gone.parts.erase(gone.parts.begin() + 4);
    EXPECT_THAT(refused(gone.bytes()), HasSubstr("it is not there"));
}

} // namespace
} // namespace daybook::import
