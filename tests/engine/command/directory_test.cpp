#include "engine/command/directory.h"
#include "tests/engine/command/desk.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using command::CompanyLine;
using command::Directory;

const CompanyId kFirst = id<CompanyId>(1);
const CompanyId kSecond = id<CompanyId>(2);

TEST(Directory, SaysWhereEachBookIsAndWas) {
    Directory directory;
    EXPECT_EQ(directory.next_line(), 1U);
    directory.apply(CompanyOpened{kSecond, uuid(20), 1, 1, "B"});
    directory.apply(CompanyOpened{kFirst, uuid(10), 1, 2, "A"});
    directory.apply(LineActivated{kFirst, uuid(11), 2, 5});
    directory.apply(ServerStarted{});

    const CompanyLine former{kFirst, uuid(10), 1, 2, kFirst};
    const CompanyLine now{kFirst, uuid(11), 2, 5, kFirst};
    ASSERT_NE(directory.find(kFirst), nullptr);
    EXPECT_EQ(*directory.find(kFirst), now);
    EXPECT_EQ(*directory.find(kFirst, 1), former);
    EXPECT_EQ(directory.find(kFirst, 3), nullptr);
    EXPECT_EQ(directory.epochs(kFirst), 2U);
    EXPECT_EQ(directory.epochs(kSecond), 1U);
    EXPECT_EQ(directory.current(), (std::vector{now, {kSecond, uuid(20), 1, 1, kSecond}}));
    EXPECT_EQ(directory.next_line(), 6U); // Numbers are never used again.
}

TEST(Directory, GoesBackToAFormerEpochWhenItIsActivatedAgain) {
    Directory directory;
    directory.apply(CompanyOpened{kFirst, uuid(10), 1, 1, "A"});
    directory.apply(LineActivated{kFirst, uuid(11), 2, 2});
    directory.apply(LineActivated{kFirst, uuid(10), 1, 1});
    EXPECT_EQ(directory.find(kFirst)->line, 1U);
    EXPECT_EQ(directory.find(kFirst)->epoch, 1U);
    EXPECT_EQ(directory.find(kFirst, 2)->line, 2U);
    EXPECT_EQ(directory.epochs(kFirst), 2U);
    EXPECT_EQ(directory.newest_epoch(kFirst), 2U); // The next one is the third.
    EXPECT_EQ(directory.newest_epoch(kSecond), 0U);
    EXPECT_EQ(directory.replaced_by(kFirst, 2), 1U);
    EXPECT_EQ(directory.replaced_by(kFirst, 1), std::nullopt);
}

TEST(Directory, ForgetsAClosedCompanyButNotItsLine) {
    Directory directory;
    directory.apply(CompanyOpened{kFirst, uuid(10), 1, 4, "A"});
    directory.apply(CompanyClosed{kFirst, "sold"});
    EXPECT_EQ(directory.find(kFirst), nullptr);
    EXPECT_EQ(directory.find(kFirst, 1), nullptr);
    EXPECT_EQ(directory.epochs(kFirst), 0U);
    EXPECT_TRUE(directory.current().empty());
    EXPECT_EQ(directory.next_line(), 5U);
}

TEST(Directory, IsReadFromTheInstancesOwnBook) {
    Desk desk;
    desk.open_books();
    const Directory read = ok(command::read_directory(desk.log));
    EXPECT_EQ(read.current(), desk.sequencer().directory()->current());
    EXPECT_EQ(read.next_line(), 2U);
}

} // namespace
} // namespace daybook::tests
