// The checkpoints an installation keeps: all of them, in order, whatever a crash did to the last.
#include "engine/log/checkpoint_book.h"

#include "engine/adapters/posix_files.h"
#include "tests/support/builders.h"
#include "tests/support/faulty_files.h"
#include "tests/support/ok.h"
#include "tests/support/temp_directory.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace log;

const Uuid kLog = uuid(7);

struct Kept {
    TempDirectory directory;
    PosixFiles files;
    SigningKey key = SigningKey::generate();

    CheckpointBook book() { return {files, directory.path()}; }
    std::string signed_at(Revision size, Epoch epoch = 1) const {
        return ok(sign_checkpoint(key, checkpoint_origin(kLog, epoch),
                                  {size, leaf_hash(std::to_string(size))}));
    }
    std::string path() const { return directory / ("checkpoints/" + to_text(kLog) + "-1"); }
};

TEST(CheckpointBook, KeepsEachSizeOnceInRisingOrder) {
    Kept kept;
    CheckpointBook book = kept.book();
    EXPECT_TRUE(ok(book.read(kLog, 1)).empty());
    for (const Revision size : {3, 3, 7, 5, 9})
        ok(book.keep(kLog, 1, kept.signed_at(size)));
    ok(book.keep(kLog, 2, kept.signed_at(1, 2)));
    const std::vector<std::string> wanted = {kept.signed_at(3), kept.signed_at(7),
                                             kept.signed_at(9)};
    EXPECT_EQ(ok(book.read(kLog, 1)), wanted);
    EXPECT_EQ(ok(book.newest(kLog, 1)), 9U);
    EXPECT_EQ(ok(kept.book().newest(kLog, 1)), 9U); // After a restart.
    EXPECT_EQ(ok(kept.book().read(kLog, 2)).size(), 1U);
    for (const std::string& each : wanted)
        EXPECT_EQ(ok(verify_checkpoint(each, kept.key.public_key())).origin,
                  "daybook/" + to_text(kLog) + "/1");
}

// Wherever a crash cuts the file, what was whole is kept and the next one follows it.
TEST(CheckpointBook, GoesOnAfterWhatACrashTore) {
    Kept kept;
    const std::string first = kept.signed_at(3), second = kept.signed_at(7),
                      third = kept.signed_at(9);
    for (std::size_t left = 0; left <= second.size(); ++left) {
        std::filesystem::create_directories(kept.directory / "checkpoints");
        std::ofstream(kept.path(), std::ios::binary) << first << second.substr(0, left);
        CheckpointBook book = kept.book();
        ok(book.keep(kLog, 1, third));
        const auto found = ok(book.read(kLog, 1));
        ASSERT_GE(found.size(), 2U) << left;
        EXPECT_EQ(found.front(), first);
        EXPECT_EQ(found.back(), third);
        EXPECT_EQ(found.size(), left == second.size() ? 3U : 2U) << left;
        std::filesystem::remove(kept.path());
    }
}

TEST(CheckpointBook, KeepsNothingThatWasNotWritten) {
    Kept kept;
    FaultyFiles faulty(kept.files);
    for (std::uint64_t changes = 0; changes < 2; ++changes) {
        CheckpointBook book(faulty, kept.directory.path());
        faulty.fail_after(changes);
        EXPECT_EQ(kind_of_failure(book.keep(kLog, 1, kept.signed_at(3))), ErrorKind::io) << changes;
        faulty.heal();
        EXPECT_EQ(ok(book.newest(kLog, 1)), 0U);
        ok(book.keep(kLog, 1, kept.signed_at(3)));
        EXPECT_EQ(ok(kept.book().read(kLog, 1)).size(), 1U);
        std::filesystem::remove_all(kept.directory / "checkpoints");
    }
}

} // namespace
} // namespace daybook::tests
