#include "engine/custody/shelf.h"

#include "engine/adapters/posix_files.h"
#include "engine/adapters/posix_large_files.h"
#include "engine/custody/stoppable_files.h"
#include "engine/log/merkle.h"
#include "tests/support/faulty_files.h"
#include "tests/support/faulty_large_files.h"
#include "tests/support/ok.h"
#include "tests/support/temp_directory.h"

#include <gtest/gtest.h>

namespace daybook::custody {
namespace {

using namespace tests;

Uuid numbered(std::uint8_t number) {
    Uuid id;
    id.bytes[6] = 0x70;
    id.bytes[8] = 0x80;
    id.bytes[15] = number;
    return id;
}

const CompanyId kCompany{numbered(1)};

RecordedEvent recorded(const Uuid& id, Event event) {
    RecordedEvent happened{{}, std::move(event)};
    happened.envelope.entity = {EntityKind::backup, id};
    happened.envelope.recorded_at = Timestamp{1'790'000'000'000'000};
    return happened;
}

class ShelfTest : public ::testing::Test {
  protected:
    Shelf shelf_on(Files& files) { return {files, large_files_, directory_.path()}; }

    // A backup of ours that was made and noted.
    Backup kept(std::uint8_t number, const std::string& content) {
        const Uuid id = numbered(number);
        Shelf shelf = shelf_on(files_);
        ok(shelf.make_room(kCompany));
        CustodyNoted noted;
        noted.company_id = kCompany;
        noted.file_sha256 = log::sha256(content);
        noted.target = shelf.path_of(kCompany, id, false);
        noted.options = {{std::string(kName), "Café 2026-11-22.daybook"}};
        noted.result = kVerified;
        ok(files_.replace(shelf.full_path(noted.target), content, 0600));
        book_.apply(recorded(id, BackupMade{noted}));
        return *book_.find(id);
    }

    std::vector<std::string> names() {
        return ok(files_.list(directory_ / "backups/" + to_text(kCompany)));
    }

    TempDirectory directory_;
    PosixFiles files_;
    PosixLargeFiles large_files_;
    CustodyBook book_;
};

TEST_F(ShelfTest, SweepingRemovesHalvesAndWhatExpiredAndTellsWhatIsWholeButNotNoted) {
    Shelf shelf = shelf_on(files_);
    const Backup one = kept(2, "one");
    const Backup two = kept(3, "two");
    book_.apply(recorded(two.id, BackupExpired{}));
    const std::string folder = directory_ / "backups/" + to_text(kCompany) + "/";
    ok(files_.replace(folder + to_text(numbered(4)) + ".daybook.partial", "half", 0600));
    ok(files_.replace(folder + to_text(numbered(5)) + ".daybook", "whole", 0600));
    ok(files_.replace(folder + "my own notes.txt", "hers", 0600));
    ok(files_.make_directory(directory_ / "drill"));
    const auto strays = ok(shelf.sweep(book_));
    ASSERT_EQ(strays.size(), 1U);
    EXPECT_EQ(strays.front().id, numbered(5));
    EXPECT_EQ(strays.front().company, kCompany);
    EXPECT_EQ(names(),
              (std::vector<std::string>{to_text(one.id) + ".daybook",
                                        to_text(numbered(5)) + ".daybook", "my own notes.txt"}));
    EXPECT_FALSE(ok(files_.exists(directory_ / "drill")));
}

TEST_F(ShelfTest, ADirectoryWithoutBackupsNeedsNoSweeping) {
    EXPECT_TRUE(ok(shelf_on(files_).sweep(book_)).empty());
}

TEST_F(ShelfTest, ACopyHasItsNameForPeopleAndOverwritesNothing) {
    Shelf shelf = shelf_on(files_);
    const Backup backup = kept(2, "the books");
    const std::string target = directory_ / "usb";
    ok(files_.make_directory(target));
    EXPECT_EQ(ok(shelf.copy_to(backup, target)), target + "/Café 2026-11-22.daybook");
    EXPECT_EQ(ok(shelf.copy_to(backup, target)), target + "/Café 2026-11-22 (2).daybook");
    EXPECT_EQ(ok(files_.read_all(target + "/Café 2026-11-22.daybook")), "the books");
    ok(files_.replace(shelf.full_path(backup.path), "the boots", 0600));
    EXPECT_EQ(shelf.copy_to(backup, target).error().kind, ErrorKind::corrupt);
    EXPECT_EQ(shelf.compare(backup.path, backup.file_sha256).error().kind, ErrorKind::corrupt);
    EXPECT_EQ(ok(files_.list(target)).size(), 2U);
}

// Each call that changes something fails in its turn.
TEST_F(ShelfTest, ACopyToAFullDiskLeavesNothingAtTheTarget) {
    const Backup backup = kept(2, std::string(3'000'000, 'b'));
    const std::string target = directory_ / "usb";
    ok(files_.make_directory(target));
    int failures = 0;
    for (std::uint64_t changes = 0;; ++changes) {
        FaultyLargeFiles faulty(large_files_, changes);
        Shelf shelf(files_, faulty, directory_.path());
        const auto copied = shelf.copy_to(backup, target);
        if (copied)
            break;
        ++failures;
        EXPECT_EQ(copied.error().kind, ErrorKind::io);
        EXPECT_TRUE(ok(files_.list(target)).empty()) << changes;
    }
    EXPECT_EQ(failures, 5); // create, three pieces, sync.
    EXPECT_EQ(ok(files_.list(target)).size(), 1U);
}

TEST_F(ShelfTest, RemovingTakesTheCopiesToo) {
    Shelf shelf = shelf_on(files_);
    Backup backup = kept(2, "the books");
    const std::string target = directory_ / "usb";
    ok(files_.make_directory(target));
    backup.copies = {ok(shelf.copy_to(backup, target))};
    ok(shelf.remove(backup));
    EXPECT_TRUE(names().empty());
    EXPECT_TRUE(ok(files_.list(target)).empty());
    ok(shelf.remove(backup)); // Gone already.
}

TEST_F(ShelfTest, ABackupMadeByHandElsewhereIsNotOurs) {
    Backup backup = kept(2, "the books");
    Shelf shelf = shelf_on(files_);
    EXPECT_TRUE(shelf.holds(backup));
    backup.path = "/home/anne/books.daybook";
    EXPECT_FALSE(shelf.holds(backup));
}

TEST(StoppableFiles, FailAtTheNextCallOnceTheyAreToldToStop) {
    const TempDirectory directory;
    PosixLargeFiles real;
    bool stopped = false;
    StoppableFiles files(real, [&] { return stopped; });
    const auto file = ok(files.create(directory / "a", 0600));
    ok(file->write_at(0, "abc"));
    const auto reading = ok(files.open_for_reading(directory / "a"));
    EXPECT_EQ(ok(reading->read_at(1, 9)), "bc");
    stopped = true;
    EXPECT_EQ(file->write_at(3, "d").error().kind, ErrorKind::busy);
    EXPECT_EQ(file->sync().error().kind, ErrorKind::busy);
    EXPECT_EQ(reading->read_at(0, 1).error().kind, ErrorKind::busy);
    EXPECT_FALSE(files.create(directory / "b", 0600));
    EXPECT_FALSE(files.open_for_reading(directory / "a"));
}

} // namespace
} // namespace daybook::custody
