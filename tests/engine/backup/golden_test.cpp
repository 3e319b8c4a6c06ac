// A released backup stays readable for ever (tests/golden/README.md).
#include "tests/engine/backup/small_book.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

const std::string kGoldenFile =
    std::string(DAYBOOK_SOURCE_DIR) + "/tests/golden/backup-v1/small.daybook";

std::string golden_bytes() {
    PosixFiles files;
    return ok(files.read_all(kGoldenFile));
}

TEST(GoldenBackup, IsStillSoundAndSaysWhatItSaid) {
    const auto backup = ok(backup::BackupFile::open(std::make_unique<MemoryFile>(golden_bytes())));
    const auto found = ok(backup::verify(backup));
    EXPECT_EQ(found.events, 7u);
    EXPECT_EQ(found.persons, 1u);
    EXPECT_EQ(backup.manifest().company_name, "Dupont");
    EXPECT_EQ(backup.manifest().signing_key, test_key().public_key());
}

// The same book makes the same file, to the last bit: with the libraries of Debian 12.
TEST(GoldenBackup, IsStillWrittenAsItWas) {
    Desk desk;
    open_small_book(desk);
    EXPECT_TRUE(backup_bytes(desk) == golden_bytes());
}

TEST(GoldenBackup, IsNotBeingRemade) {
    if (std::getenv("DAYBOOK_REMAKE_GOLDEN") == nullptr)
        return;
    Desk desk;
    open_small_book(desk);
    std::ofstream(kGoldenFile, std::ios::binary | std::ios::trunc) << backup_bytes(desk);
    FAIL() << "the golden backup was made again; run once more without DAYBOOK_REMAKE_GOLDEN";
}

} // namespace
} // namespace daybook::tests
