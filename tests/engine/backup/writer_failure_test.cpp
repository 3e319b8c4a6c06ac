#include "engine/custody/stoppable_files.h"
#include "tests/engine/backup/small_book.h"
#include "tests/support/faulty_files.h"
#include "tests/support/faulty_large_files.h"

#include <gtest/gtest.h>

namespace daybook::backup {
namespace {

using namespace tests;

class WriterFailureTest : public ::testing::Test {
  protected:
    WriterFailureTest() { open_small_book(desk_); }

    Result<Written> write(Files& files, LargeFiles& large_files) {
        return write_backup({files, large_files, desk_.log, test_key(), test_ids()},
                            directory_ / "a.daybook", subject_of(desk_), {}, readable(), nullptr,
                            kShortSchema);
    }
    std::vector<std::string> left() { return ok(files_.list(directory_.path())); }

    Desk desk_;
    TempDirectory directory_;
    PosixFiles files_;
    PosixLargeFiles large_files_;
};

TEST_F(WriterFailureTest, ADiskThatIsFullAtAnyStepLeavesNothingAndTheNextRunSucceeds) {
    int failures = 0;
    for (std::uint64_t changes = 0;; ++changes) {
        FaultyLargeFiles faulty(large_files_, changes);
        const auto written = write(files_, faulty);
        if (written)
            break;
        ++failures;
        EXPECT_EQ(written.error().kind, ErrorKind::io);
        EXPECT_TRUE(left().empty()) << changes;
    }
    EXPECT_GE(failures, 3); // create, write, sync.
    EXPECT_EQ(left(), std::vector<std::string>{"a.daybook"});
}

TEST_F(WriterFailureTest, ARenameThatFailsListsNothing) {
    FaultyFiles faulty(files_);
    faulty.fail_after(0);
    EXPECT_EQ(write(faulty, large_files_).error().kind, ErrorKind::io);
    EXPECT_EQ(left(), std::vector<std::string>{"a.daybook.partial"}); // As after a crash.
    EXPECT_TRUE(write(files_, large_files_));
    EXPECT_EQ(left(), std::vector<std::string>{"a.daybook"});
}

TEST_F(WriterFailureTest, StoppedAtAnyCallItLeavesNothing) {
    int stops = 0;
    for (int calls = 0;; ++calls) {
        int made = 0;
        custody::StoppableFiles stoppable(large_files_, [&] { return made++ >= calls; });
        const auto written = write(files_, stoppable);
        if (written)
            break;
        ++stops;
        EXPECT_EQ(written.error().kind, ErrorKind::busy);
        EXPECT_TRUE(left().empty()) << calls;
    }
    EXPECT_GE(stops, 10); // Also while it is read back.
    EXPECT_EQ(left(), std::vector<std::string>{"a.daybook"});
}

} // namespace
} // namespace daybook::backup
