#include "engine/backup/line_restore.h"

#include "engine/backup/comparison.h"
#include "engine/command/write_index.h"
#include "tests/engine/backup/small_book.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

constexpr log::LineNumber kRestored = 9;

class Restored : public ::testing::Test {
  protected:
    Restored() {
        open_small_book(desk);
        // Something goes back, and its codes with it.
        ask(domain::ChangeClient{kClient, business("Dupont et fils")});
        command::Submission back = asking(
            domain::RollBack{.to = desk.head() - 1, .reason = "a slip", .first_id = uuid(900)});
        back.reason = "a slip";
        CHECK(std::holds_alternative<command::Committed>(desk.ask(std::move(back))),
              "a rollback is recorded");
    }
    void ask(domain::Command command) {
        CHECK(std::holds_alternative<command::Committed>(desk.ask(asking(std::move(command)))),
              "a command is recorded");
    }
    static backup::BackupFile open(std::string bytes) {
        return ok(backup::BackupFile::open(std::make_unique<MemoryFile>(std::move(bytes))));
    }
    static void fill(backup::LineRestore& restore) {
        while (!ok(restore.step())) {
        }
    }

    Desk desk;
    log::MemoryEventLog target;
};

TEST_F(Restored, RecordsRootPersonsAndIndexesAreThoseOfTheOriginal) {
    const auto file = open(backup_bytes(desk));
    const auto restore = ok(
        backup::LineRestore::begin(target, file, ok(backup::verify(file)), desk.head(), kRestored));
    fill(*restore);
    EXPECT_EQ(ok(target.head(kRestored)).revision, 0u); // Out of sight until it is shown.
    ok(target.show(kRestored, {}));
    const log::LineNumber line = desk.line().line;
    EXPECT_EQ(ok(target.head(kRestored)), ok(desk.log.head(line)));
    EXPECT_EQ(ok(target.read(kRestored, 1)), ok(desk.log.read(line, 1)));
    for (const log::Index index :
         {log::Index::thing, log::Index::touch, log::Index::command, log::Index::claim})
        EXPECT_EQ(ok(target.scan_index(kRestored, index, "")),
                  ok(desk.log.scan_index(line, index, "")));
    for (const log::StoredRecord& record : ok(desk.log.read(line, 1)))
        for (const BlobRef& blob : ok(decode_envelope(record.bytes)).blobs)
            EXPECT_EQ(ok(target.find_person(kRestored, blob.sha256)),
                      ok(desk.log.find_person(line, blob.sha256)));
    EXPECT_EQ(restore->end().company.id, kCompany.value);
    EXPECT_EQ(std::get<domain::CompanyState>(restore->end().state).profile.party.name,
              french_company().party.name);
}

// The fork event builds on them, before anything of the line can be read.
TEST_F(Restored, HowFarItsSeriesCameAndWhenIsToldWithIt) {
    ask(issue(1));
    const auto file = open(backup_bytes(desk));
    const auto restore = ok(
        backup::LineRestore::begin(target, file, ok(backup::verify(file)), desk.head(), kRestored));
    fill(*restore);
    const auto rows =
        ok(desk.log.scan_index(desk.line().line, log::Index::claim, command::kSeriesPrefix));
    ASSERT_EQ(restore->end().series.size(), rows.size());
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(restore->end().series.front().key, rows.front().key);
    EXPECT_EQ(restore->end().series.front().value, rows.front().value);
}

TEST_F(Restored, AnyCommitEndInsideTheFileAndNothingElse) {
    const auto file = open(backup_bytes(desk));
    const auto verified = ok(backup::verify(file));
    const log::LineNumber line = desk.line().line;
    for (Revision until = 1; until <= desk.head(); ++until) {
        log::MemoryEventLog fresh;
        const auto restore =
            ok(backup::LineRestore::begin(fresh, file, verified, until, kRestored));
        if (desk.record(until).envelope.commit_last != until) {
            EXPECT_EQ(kind_of_failure(restore->step()), ErrorKind::invalid) << until;
            continue;
        }
        fill(*restore);
        EXPECT_EQ(restore->end().root, ok(desk.log.root_at(line, until))) << until;
    }
    EXPECT_EQ(kind_of_failure(
                  backup::LineRestore::begin(target, file, verified, desk.head() + 1, kRestored)),
              ErrorKind::invalid);
}

TEST_F(Restored, BackedUpAgainIsTheSameBytesOfEvents) {
    const std::string bytes = backup_bytes(desk);
    const auto file = open(bytes);
    const auto restore = ok(
        backup::LineRestore::begin(target, file, ok(backup::verify(file)), desk.head(), kRestored));
    fill(*restore);
    ok(target.show(kRestored, {}));
    const TempDirectory directory;
    PosixFiles files;
    PosixLargeFiles large_files;
    backup::Subject subject = subject_of(desk);
    subject.line = kRestored;
    ok(backup::write_backup({files, large_files, target, test_key(), test_ids()}, directory / "b",
                            subject, {}, readable(), nullptr, kShortSchema));
    EXPECT_TRUE(ok(files.read_all(directory / "b")) == bytes);
}

TEST_F(Restored, TwoBackupsSayWhatOneHasMore) {
    const std::string sunday = backup_bytes(desk);
    ask(domain::ChangeClient{kClient, business("Dupont et fils")});
    const auto a = open(sunday);
    const auto b = open(backup_bytes(desk));
    const auto found = ok(backup::compare(a, b));
    EXPECT_EQ(found.common, desk.head() - 1);
    EXPECT_EQ(found.only_a, 0u);
    EXPECT_EQ(found.only_b, 1u);
    EXPECT_EQ(ok(backup::compare(b, b)).common, desk.head());
}

} // namespace
} // namespace daybook::tests
