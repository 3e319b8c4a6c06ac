// What a file may say of its books, and what is believed: signed by the right key, sound in every
// byte, and yet of another state, or out of balance.
#include "api/backups/restore_company.h"

#include "api/application.h"
#include "engine/backup/line_restore.h"
#include "tests/engine/backup/small_book.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

std::shared_ptr<const backup::BackupFile> open(std::string bytes) {
    return std::make_shared<const backup::BackupFile>(
        ok(backup::BackupFile::open(std::make_unique<MemoryFile>(std::move(bytes)))));
}

// The file with the state hash that its records come to.
std::string with_true_state(const std::string& bytes) {
    const auto file = open(bytes);
    log::MemoryEventLog log;
    const auto restore = ok(backup::LineRestore::begin(log, *file, ok(backup::verify(*file)),
                                                       file->manifest().revisions, 1));
    while (!ok(restore->step())) {
    }
    ok(log.show(1, {}));
    const TempDirectory directory;
    PosixFiles files;
    const auto views = ok(projections::open_views(files, directory.path(), uuid(77), log));
    while (!ok(views->catch_up_step())) {
    }
    backup::Manifest manifest = file->manifest();
    manifest.state.hash = ok(ok(views->snapshot(1))->state_hash());
    return with_manifest(pieces_of(bytes), to_text(manifest));
}

// The books with an invoice whose total was changed by somebody who has the key.
std::string unbalanced(const Desk& desk) {
    std::vector<std::string> records = records_of(desk);
    for (std::string& record : records) {
        RecordedEvent recorded = ok(decode_record(record));
        if (auto* issued = std::get_if<InvoiceIssued>(&recorded.event)) {
            issued->frozen.totals.total.minor += 100;
            record = encode_record(recorded.envelope, recorded.event);
        }
    }
    return with_true_state(backup_of_records(desk, records));
}

class RestoredHere : public ::testing::Test {
  protected:
    RestoredHere() {
        open_small_book(desk);
        committed(desk.ask(asking(issue(1))));
    }
    Result<api::InspectedBackup> inspect(const std::string& bytes) {
        return api::inspect_backup(*application, open(bytes),
                                   directory / ("books" + std::to_string(++inspected)), nullptr);
    }
    api::Restoration at_the_end() const {
        api::Restoration wanted;
        wanted.until = desk.head();
        return wanted;
    }
    std::size_t companies() const { return application->directory()->current().size(); }

    Desk desk;
    TempDirectory directory;
    std::unique_ptr<api::Application> application =
        ok(api::Application::open({.data_directory = directory / "data"}));
    int inspected = 0;
};

TEST_F(RestoredHere, ASoundFileBecomesACompany) {
    const auto backup = ok(inspect(with_true_state(backup_bytes(desk))));
    EXPECT_TRUE(backup.ledger.is_sound());
    const auto restored = api::restore_company(*application, backup, at_the_end(), nullptr);
    ASSERT_TRUE(restored) << restored.error().code << " " << restored.error().detail;
    EXPECT_EQ(companies(), 1U);
    const auto& line = restored->where;
    EXPECT_EQ(ok(application->log().root_at(line.line, desk.head())),
              ok(desk.log.root_at(desk.line().line, desk.head())));
    EXPECT_EQ(ok(application->log().head(line.line)).revision, desk.head() + 1);
}

TEST_F(RestoredHere, AStateThatIsNotTheManifestsIsRefusedBeforeAnythingIsHere) {
    EXPECT_EQ(kind_of_failure(inspect(backup_bytes(desk))), ErrorKind::corrupt);
    EXPECT_EQ(companies(), 0U);
    EXPECT_TRUE(ok(application->log().lines()).size() == 1); // The instance's own.
}

TEST_F(RestoredHere, BooksThatDoNotBalanceAreNamedAndRestoredOnlyWhenForced) {
    const auto backup = ok(inspect(unbalanced(desk)));
    EXPECT_FALSE(backup.ledger.is_sound());
    api::Restoration wanted = at_the_end();
    const auto refused = api::restore_company(*application, backup, wanted, nullptr);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "books_unbalanced");
    EXPECT_FALSE(refused.error().faults.empty());
    EXPECT_EQ(companies(), 0U);
    wanted.force = true;
    const auto restored = api::restore_company(*application, backup, wanted, nullptr);
    ASSERT_TRUE(restored);
    EXPECT_EQ(restored->plan.warnings.front().code, "books_unbalanced");
    EXPECT_EQ(companies(), 1U);
}

TEST_F(RestoredHere, WhatIsRefusedAtTheSwitchLeavesNoLine) {
    const auto backup = ok(inspect(with_true_state(backup_bytes(desk))));
    const auto first = api::restore_company(*application, backup, at_the_end(), nullptr);
    ASSERT_TRUE(first);
    api::Restoration wanted = at_the_end();
    wanted.replaces =
        api::look_at_replaced(*application, backup, desk.head(), first->where.company).value();
    --wanted.replaces->seen.head; // As if it had moved on.
    const auto refused = api::restore_company(*application, backup, wanted, nullptr);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "stale_revision");
    ok(application->catch_up()); // Behind the sweep, on the same thread.
    EXPECT_EQ(ok(application->log().lines()).size(), 2U);
    EXPECT_EQ(application->directory()->find(first->where.company)->epoch, 1U);
}

} // namespace
} // namespace daybook::tests
