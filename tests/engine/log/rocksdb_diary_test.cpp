#include "engine/log/rocksdb_diary.h"

#include "engine/adapters/posix_files.h"
#include "tests/support/ok.h"
#include "tests/support/temp_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/env.h>

namespace daybook::log {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using tests::ok;
using tests::TempDirectory;

TEST(RocksdbDiary, KeepsWhatIsSaidOnceThereIsADirectory) {
    const TempDirectory directory;
    PosixFiles files;
    const auto diary = open_diary(directory / "store");
    rocksdb::Info(diary, "nowhere to say it"); // Left out, and nothing ends.
    ok(files.make_directory(directory / "store"));
    rocksdb::Info(diary, "opened %d files", 7);
    rocksdb::Warn(diary, "slow");
    EXPECT_THAT(ok(files.list(directory / "store")), ElementsAre("LOG"));
    const std::string said = ok(files.read_all(directory / "store/LOG"));
    EXPECT_THAT(said, HasSubstr(" opened 7 files\n"));
    EXPECT_THAT(said, HasSubstr("[WARN] slow\n"));
    EXPECT_THAT(said, Not(HasSubstr("nowhere")));
}

TEST(RocksdbDiary, KeepsTheOneBefore) {
    const TempDirectory directory;
    PosixFiles files;
    rocksdb::Info(open_diary(directory.path()), "first");
    rocksdb::Info(open_diary(directory.path()), "second");
    EXPECT_THAT(ok(files.list(directory.path())), ElementsAre("LOG", "LOG.old"));
    EXPECT_THAT(ok(files.read_all(directory / "LOG")), HasSubstr("second"));
    EXPECT_THAT(ok(files.read_all(directory / "LOG.old")), HasSubstr("first"));
}

TEST(RocksdbDiary, DoesNotGrowForEver) {
    const TempDirectory directory;
    PosixFiles files;
    const auto diary = open_diary(directory.path());
    const std::string line(1000, 'x');
    for (int n = 0; n < 5000; ++n)
        rocksdb::Info(diary, "%s", line.c_str());
    EXPECT_LE(ok(files.read_all(directory / "LOG")).size(), 1024u * 1024u);
    EXPECT_LE(ok(files.read_all(directory / "LOG.old")).size(), 1024u * 1024u);
}

} // namespace
} // namespace daybook::log
