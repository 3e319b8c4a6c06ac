// A company is given another book, and goes back to the one it had: whose line is current, what is
// written where, and what is refused when the book has moved on meanwhile.
#include "engine/command/fork_facts.h"
#include "engine/command/line_copy.h"
#include "tests/engine/command/desk.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

class Switched : public ::testing::Test {
  protected:
    Switched() {
        desk.open_books(3);
        then = desk.head();
        committed(desk.ask(asking(issue(1)))); // What the other book will not know.
    }

    // The books as they stood before the issue, in a line of their own, as the next epoch.
    command::Submission replacement(command::SeenBook seen, log::LineNumber line = 9,
                                    Epoch epoch = 2) {
        auto copy = ok(command::LineCopy::begin(desk.log, first_line, then, line));
        while (!ok(copy.step())) {
        }
        Fork fork;
        fork.parent = {desk.line().log_id, 1, then, ok(desk.log.root_at(first_line, then)), {}, {}};
        fork.new_log_id = uuid(500 + epoch);
        fork.new_epoch = epoch;
        fork.mode = BookMode::live; // So that something can be asked of it.
        fork.series_floors = ok(command::series_floors(desk.log, first_line));
        command::ShowLine show;
        show.where = {kCompany, fork.new_log_id, epoch, line, kCompany};
        show.company_name = "Atelier";
        show.filled = then;
        show.recorded_at = desk.record(then).envelope.recorded_at;
        show.company = domain::CompanyState{founding().profile, BookMode::live, false, false};
        show.company_version = 1;
        show.events.push_back(
            {{EntityKind::company, kCompany.value}, CompanyReplaced{fork}, {}, {}});
        show.name = "ReplaceCompany";
        show.replaces = seen;
        command::Submission submission;
        submission.company = kCompany;
        submission.command = std::move(show);
        return submission;
    }
    command::Submission back(command::SeenBook leaves, std::vector<domain::NewEvent> events = {}) {
        command::Submission submission;
        submission.company = kCompany;
        submission.command = command::SwitchBack{1, leaves, std::move(events), "UndoReplacement"};
        submission.reason = "the wrong file";
        return submission;
    }
    command::SeenBook seen() const { return {desk.line().line, desk.head()}; }
    RecordedEvent last_note() const {
        const auto head = ok(desk.log.head(log::kInstanceLine)).revision;
        return ok(decode_record(ok(desk.log.read(log::kInstanceLine, head)).front().bytes));
    }

    Desk desk;
    const log::LineNumber first_line = desk.sequencer().directory()->next_line();
    Revision then = 0;
};

TEST_F(Switched, AnotherBookIsCurrentAndTheFormerOneStaysReadable) {
    const command::CompanyLine former = desk.line();
    const log::LineHead before = ok(desk.log.head(former.line));
    committed(desk.ask(replacement(seen())));
    EXPECT_EQ(desk.line().line, 9U);
    EXPECT_EQ(desk.line().epoch, 2U);
    EXPECT_EQ(desk.head(), then + 1); // The records of then, and the fork.
    EXPECT_EQ(ok(desk.log.head(former.line)), before);
    EXPECT_EQ(*desk.sequencer().directory()->find(kCompany, 1), former);
    const auto note = last_note();
    EXPECT_EQ(std::get<LineActivated>(note.event), (LineActivated{kCompany, uuid(502), 2, 9}));
    const auto now = *desk.sequencer().directory();
    desk.reopen();
    EXPECT_EQ(desk.sequencer().directory()->current(), now.current());
}

// The number that the replaced book gave is with a customer.
TEST_F(Switched, WhatIsWrittenGoesToTheNewBookAndGivesNoNumberTwice) {
    committed(desk.ask(replacement(seen())));
    const auto issued = committed(desk.ask(asking(issue(2))));
    EXPECT_EQ(issued.line, 9U);
    EXPECT_EQ(issued.events.front().envelope.epoch, 2U);
    EXPECT_EQ(std::get<InvoiceIssued>(issued.events.front().event).frozen.number, "FA-2026-000002");
}

TEST_F(Switched, ABookThatMovedOnIsNotReplaced) {
    const command::SeenBook looked_at = seen();
    auto replacing = replacement(looked_at);
    committed(desk.ask(asking(issue(2))));
    EXPECT_EQ(refused(desk.ask(std::move(replacing))), "stale_revision");
    EXPECT_EQ(desk.line().epoch, 1U);
    EXPECT_EQ(ok(desk.log.head(9)).revision, 0U); // Still out of sight.
    ok(desk.log.sweep(9));
    EXPECT_EQ(refused(desk.ask(replacement(seen(), 9, 3))),
              "stale_revision"); // No epoch is left out.
}

TEST_F(Switched, GoingBackCopiesNothingAndTellsTheFormerBookWhichNumbersAreGone) {
    const command::CompanyLine former = desk.line();
    const Revision head = desk.head();
    committed(desk.ask(replacement(seen())));
    committed(desk.ask(asking(issue(2)))); // FA-2026-000002, in the other book.
    const domain::NewEvent gone{
        {EntityKind::series, kInvoiceSeries.value}, SeriesAdvanced{"2026", 2, 2, {}}, {}, {}};
    committed(desk.ask(back(seen(), {gone})));
    EXPECT_EQ(desk.line(), former);
    EXPECT_EQ(desk.head(), head + 1);
    EXPECT_EQ(last_note().envelope.reason, "the wrong file");
    const auto issued = committed(desk.ask(asking(issue(3))));
    EXPECT_EQ(issued.line, former.line);
    EXPECT_EQ(std::get<InvoiceIssued>(issued.events.front().event).frozen.number, "FA-2026-000003");
    desk.reopen();
    EXPECT_EQ(desk.line(), former);
    // An epoch names one line for good: the next book is the third.
    committed(desk.ask(replacement(seen(), 10, 3)));
    EXPECT_EQ(desk.line().epoch, 3U);
}

TEST_F(Switched, NobodyGoesBackToWhereHeIsOrFromABookThatMovedOn) {
    EXPECT_EQ(refused(desk.ask(back(seen()))), "not_found");
    committed(desk.ask(replacement(seen())));
    command::SeenBook old = seen();
    committed(desk.ask(asking(issue(2))));
    EXPECT_EQ(refused(desk.ask(back(old))), "stale_revision");
    EXPECT_EQ(desk.line().epoch, 2U);
}

TEST_F(Switched, WhatTheOtherBookDoesNotKnowIsListed) {
    const auto missing = ok(command::issued_after(desk.log, first_line, then));
    ASSERT_EQ(missing.size(), 1U);
    EXPECT_EQ(missing.front().number, "FA-2026-000001");
    EXPECT_EQ(missing.front().thing.id, invoice_id(1).value);
    EXPECT_TRUE(ok(command::issued_after(desk.log, first_line, desk.head())).empty());
    const auto floors = ok(command::series_floors(desk.log, first_line));
    ASSERT_EQ(floors.size(), 1U);
    EXPECT_EQ(floors.front().last, 1U);
    EXPECT_EQ(command::farther(floors, {{kInvoiceSeries, floors.front().period, 7}}).front().last,
              7U);
    EXPECT_EQ(command::farther(floors, {{kCreditNoteSeries, "2026", 7}}).size(), 2U);
}

} // namespace
} // namespace daybook::tests
