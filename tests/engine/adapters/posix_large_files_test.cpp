#include "engine/adapters/posix_large_files.h"

#include "tests/support/ok.h"
#include "tests/support/temp_directory.h"

#include <gtest/gtest.h>

namespace daybook {
namespace {

using tests::kind_of_failure;
using tests::ok;

TEST(PosixLargeFiles, AreWrittenFromNothingAndReadAtAnyPlaceUpToTheirEnd) {
    const tests::TempDirectory directory;
    PosixLargeFiles files;
    ok(ok(files.create(directory / "file", 0600))->write_at(0, "longer than what follows"));
    const auto written = ok(files.create(directory / "file", 0600)); // Emptied.
    ok(written->write_at(0, "0123"));
    ok(written->write_at(4, "456789"));
    const auto file = ok(files.open_for_reading(directory / "file"));
    EXPECT_EQ(ok(file->size()), 10u);
    EXPECT_EQ(ok(file->read_at(3, 4)), "3456");
    EXPECT_EQ(ok(file->read_at(8, 100)), "89");
    EXPECT_EQ(ok(file->read_at(10, 1)), "");
}

TEST(PosixLargeFiles, SayThatADirectoryIsNoFile) {
    const tests::TempDirectory directory;
    PosixLargeFiles files;
    EXPECT_EQ(kind_of_failure(ok(files.open_for_reading(directory.path()))->size()), ErrorKind::io);
    EXPECT_FALSE(files.open_for_reading(directory / "none").has_value());
}

} // namespace
} // namespace daybook
