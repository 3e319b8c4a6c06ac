#include "engine/adapters/posix_files.h"

#include "tests/support/ok.h"
#include "tests/support/temp_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace daybook {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using tests::kind_of_failure;
using tests::ok;
using tests::TempDirectory;

TEST(PosixFiles, ReplaceAFileWholeAndWithItsMode) {
    const TempDirectory directory;
    PosixFiles files;
    const std::string path = directory / "file";
    EXPECT_FALSE(ok(files.exists(path)));
    ok(files.replace(path, "first, and longer", 0644));
    ok(files.replace(path, "second", 0600));
    EXPECT_TRUE(ok(files.exists(path)));
    EXPECT_EQ(ok(files.read_all(path)), "second");
    struct stat status {};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
    EXPECT_THAT(ok(files.list(directory.path())), ElementsAre("file"));
}

TEST(PosixFiles, UpdateAFileInPlace) {
    const TempDirectory directory;
    PosixFiles files;
    ok(files.replace(directory / "file", "0123456789", 0600));
    const auto file = ok(files.open_for_update(directory / "file"));
    ok(file->write_at(4, "xy"));
    ok(file->write_at(9, "end"));
    ok(file->sync());
    EXPECT_EQ(ok(files.read_all(directory / "file")), "0123xy678end");
}

TEST(PosixFiles, MakeRenameListAndRemove) {
    const TempDirectory directory;
    PosixFiles files;
    ok(files.make_directory(directory / "b"));
    ok(files.make_directory(directory / "b"));
    ok(files.replace(directory / "b/inner", "x", 0600));
    ok(files.rename(directory / "b", directory / "a"));
    ok(files.replace(directory / "c", "x", 0600));
    EXPECT_THAT(ok(files.list(directory.path())), ElementsAre("a", "c"));
    ok(files.remove_all(directory / "a"));
    ok(files.remove_all(directory / "a"));
    EXPECT_THAT(ok(files.list(directory.path())), ElementsAre("c"));
    EXPECT_EQ(kind_of_failure(files.make_directory(directory / "c")), ErrorKind::io);
    EXPECT_GT(ok(files.free_bytes(directory.path())), 0u);
}

TEST(PosixFiles, NameTheCallThePathAndTheReasonOfAFailure) {
    const TempDirectory directory;
    PosixFiles files;
    const std::string absent = directory / "absent/file";
    const auto names_it = [&](const auto& result) {
        EXPECT_EQ(kind_of_failure(result), ErrorKind::io);
        EXPECT_THAT(result.error().what, HasSubstr(absent));
        EXPECT_THAT(result.error().what, HasSubstr("No such file or directory"));
    };
    names_it(files.read_all(absent));
    names_it(files.open_for_update(absent));
    names_it(files.replace(absent, "x", 0600));
    names_it(files.make_directory(absent));
    names_it(files.rename(absent, directory / "b"));
    names_it(files.list(absent));
    names_it(files.sync_directory(absent));
    names_it(files.free_bytes(absent));
    names_it(files.lock(absent));
}

TEST(PosixFiles, SayThatTheDiskIsFull) {
    PosixFiles files;
    const auto full = ok(files.open_for_update("/dev/full"));
    const auto failed = full->write_at(0, "x");
    EXPECT_EQ(kind_of_failure(failed), ErrorKind::full);
    EXPECT_EQ(failed.error().what, "write /dev/full: the disk is full: No space left on device");
}

TEST(PosixFiles, LockADirectoryForOneHolderUntilItLetsGo) {
    const TempDirectory directory;
    PosixFiles files;
    auto first = ok(files.lock(directory.path()));
    const auto second = files.lock(directory.path());
    EXPECT_EQ(kind_of_failure(second), ErrorKind::busy);
    EXPECT_THAT(second.error().what, HasSubstr(directory.path() + " is in use by another process"));
    first.reset();
    ok(files.lock(directory.path()));
}

} // namespace
} // namespace daybook
