// A backup without history: what its opening says, and how people go on working in the books that
// are made of it.
#include "engine/backup/opening_log.h"

#include "engine/audit/ledger_audit.h"
#include "engine/audit/line_audit.h"
#include "engine/command/opening.h"
#include "engine/command/write_index.h"
#include "tests/engine/backup/small_book.h"
#include "tests/support/opened_line.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

constexpr log::LineNumber kOpened = 9;

class Opened : public ::testing::Test {
  protected:
    Opened() {
        open_small_book(desk, 3); // One of its blobs is named by no state.
        open_client_with_contacts();
        ask(issue(1));
        ask(domain::ChangeClient{kClient, business("Dupont et fils")}, "key of a change");
        command::Submission back = asking(
            domain::RollBack{.to = desk.head() - 2, .reason = "a slip", .first_id = uuid(900)});
        back.reason = "a slip";
        committed(desk.ask(std::move(back))); // The issue stays, and so does its number.
        ask(issue(2));
        source = desk.line();
        then = desk.head();
        fill_opening(desk.log, subject_of(desk), desk.log, kOpened);
    }
    void ask(domain::Command command, std::string key = {}) {
        committed(desk.ask(asking(std::move(command), std::move(key))));
    }
    void open_client_with_contacts() {
        const std::string contacts = "fedcba9876543210{\"email\":\"ole@example.org\"}";
        ClientProfile profile = business("Café Olé");
        profile.contacts = log::sha256(contacts);
        command::Submission submission =
            asking(domain::CreateClient{ClientId{uuid(700)}, std::move(profile)});
        submission.persons = {{{log::sha256(contacts), contacts}, "contacts"}};
        committed(desk.ask(std::move(submission)));
    }
    HistoryLeftOut left_out() const { return *ok(command::find_opening(desk.log, kOpened)); }
    void show_alone() { ok(desk.log.show(kOpened, {})); }

    // As the next book of the company, live so that something can be asked of it.
    void show_as_its_book() {
        const auto first = ok(command::find_opening(desk.log, source.line));
        ASSERT_FALSE(first.has_value());
        Fork fork;
        fork.new_log_id = uuid(502);
        fork.new_epoch = 2;
        fork.mode = BookMode::live;
        command::ShowLine show;
        show.where = {kCompany, fork.new_log_id, 2, kOpened, kCompany};
        show.company_name = "Atelier";
        show.filled = opened_head;
        show.recorded_at = desk.record(then).envelope.recorded_at;
        show.company = domain::CompanyState{french_company(), BookMode::live, false, false};
        show.company_version = 2; // HistoryLeftOut and CommandsKept.
        show.events.push_back(
            {{EntityKind::company, kCompany.value}, CompanyReplaced{fork}, {}, {}});
        show.name = "ReplaceCompany";
        show.replaces = command::SeenBook{source.line, then};
        command::Submission submission;
        submission.company = kCompany;
        submission.command = std::move(show);
        committed(desk.ask(std::move(submission)));
    }

    Desk desk;
    command::CompanyLine source;
    Revision then = 0;
    // The company; series, drafts, clients; the names of commands.
    const Revision opened_head = 1 + 2 + 3 + 3 + 1;
};

TEST_F(Opened, SaysFirstWhatWasLeftOutAndHowFarItGoesItself) {
    show_alone();
    const HistoryLeftOut first = left_out();
    EXPECT_EQ(first.of.log_id, source.log_id);
    EXPECT_EQ(first.of.epoch, source.epoch);
    EXPECT_EQ(first.of.revision, then);
    EXPECT_EQ(first.of.root, ok(desk.log.root_at(source.line, then)));
    EXPECT_EQ(first.through, opened_head);
    EXPECT_EQ(ok(desk.log.head(kOpened)).revision, opened_head);
    EXPECT_TRUE(first.has_documents);
}

// Codes, source ids, how far and until when each series came, who touched what: what decisions are
// taken from. Only where things and commands stand is another place.
TEST_F(Opened, DecisionsAreTakenFromTheSameRows) {
    show_alone();
    for (const log::Index index : {log::Index::claim, log::Index::touch})
        EXPECT_EQ(ok(desk.log.scan_index(kOpened, index, "")),
                  ok(desk.log.scan_index(source.line, index, "")));
    const auto keys = [&](log::LineNumber line) {
        std::vector<std::string> names;
        for (const auto& row : ok(desk.log.scan_index(line, log::Index::command, "")))
            names.push_back(row.key);
        return names;
    };
    EXPECT_EQ(keys(kOpened), keys(source.line));
    EXPECT_EQ(keys(kOpened).size(), 1U);
}

TEST_F(Opened, PersonsComeAlongAsFarAsTheyAreStillNamed) {
    show_alone();
    std::size_t named = 0;
    for (const log::StoredRecord& record : ok(desk.log.read(kOpened, 1)))
        for (const BlobRef& blob : ok(decode_envelope(record.bytes)).blobs) {
            ++named;
            EXPECT_EQ(ok(desk.log.find_person(kOpened, blob.sha256)),
                      ok(desk.log.find_person(source.line, blob.sha256)));
        }
    EXPECT_EQ(named, 1U);
}

TEST_F(Opened, TheVerifierFindsNothing) {
    show_alone();
    audit::Report report;
    audit::LedgerAudit ledger(report);
    audit::audit_line(
        desk.log, {.line = kOpened, .name = "opened", .promised = {}, .heads = {}},
        [&](const std::string& where, const RecordedEvent& recorded) {
            ledger.see(where, recorded);
            return true;
        },
        report);
    EXPECT_TRUE(report.is_sound())
        << report.findings.front().where << ": " << report.findings.front().what;
}

TEST_F(Opened, NumbersGoOnWhereTheyWere) {
    show_as_its_book();
    const auto done = committed(desk.ask(asking(issue(3))));
    const auto& issued = std::get<InvoiceIssued>(done.events.back().event);
    EXPECT_EQ(issued.frozen.sequence, 3U);
}

TEST_F(Opened, WhatWasDoneOnceIsNotDoneAgain) {
    show_as_its_book();
    const domain::Command same = domain::ChangeClient{kClient, business("Dupont et fils")};
    const Revision before = desk.head();
    EXPECT_EQ(refused(desk.ask(asking(same, "key of a change"))), "history_not_kept");
    command::Submission other = asking(same, "key of a change");
    other.request_hash.bytes[0] = 1;
    EXPECT_EQ(refused(desk.ask(std::move(other))), "idempotency_key_reused");
    EXPECT_EQ(desk.head(), before);
}

TEST_F(Opened, NobodyGoesBackBehindIt) {
    show_as_its_book();
    ask(domain::ChangeClient{kClient, business("Dupont et frères")});
    const auto go_back = [&](Revision to) {
        return refused(desk.ask(
            asking(domain::RollBack{.to = to, .reason = "a slip", .first_id = uuid(901)})));
    };
    const auto undo = [&](Revision commit) {
        return refused(desk.ask(asking(domain::UndoCommit{.commit = commit, .reason = "a slip"})));
    };
    EXPECT_EQ(go_back(1), "history_not_kept");
    EXPECT_EQ(go_back(opened_head - 1), "history_not_kept");
    EXPECT_EQ(undo(opened_head), "history_not_kept");
    EXPECT_EQ(go_back(opened_head + 1), ""); // After the fork: the change goes.
}

TEST_F(Opened, IsABackupLikeAnyOther) {
    const TempDirectory directory;
    PosixFiles files;
    PosixLargeFiles large_files;
    const auto made = ok(backup::write_backup(
        {files, large_files, desk.log, test_key(), test_ids()}, directory / "a.daybook",
        subject_of(desk), {.history = false}, readable(), nullptr, kShortSchema));
    EXPECT_EQ(made.of.revision, then);
    EXPECT_EQ(made.of.log_id, source.log_id);
    EXPECT_EQ(made.manifest.revisions, opened_head);
    const auto file = ok(backup::BackupFile::open(
        std::make_unique<MemoryFile>(ok(files.read_all(directory / "a.daybook")))));
    EXPECT_FALSE(file.manifest().options.history);
    EXPECT_EQ(ok(backup::verify(file)).persons, 1U);
}

} // namespace
} // namespace daybook::tests
