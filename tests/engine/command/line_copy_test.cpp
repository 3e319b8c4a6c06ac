// The first records of a line in another: the same leaves, out of sight until they are shown, and
// books of their own from then on.
#include "engine/command/line_copy.h"

#include "tests/engine/command/desk.h"
#include "tests/support/ok.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

constexpr log::LineNumber kCopy = 9;

command::LineCopy filled(Desk& desk, Revision until) {
    auto copy = ok(command::LineCopy::begin(desk.log, desk.line().line, until, kCopy));
    while (!ok(copy.step())) {
    }
    return copy;
}

// The books of `kCompany` as they stood at `until`, under another id.
command::Submission showing(const Desk& desk, CompanyId company, Revision until, BookMode mode) {
    command::ShowLine show;
    show.where = {company, uuid(501), 1, kCopy, kCompany};
    show.company_name = "Copie";
    show.filled = until;
    show.recorded_at = desk.record(until).envelope.recorded_at;
    show.company = domain::CompanyState{founding().profile, BookMode::live, false, false};
    show.company_version = 1;
    Fork fork;
    fork.parent = {
        desk.line().log_id, 1, until, ok(desk.log.root_at(desk.line().line, until)), {}, {}};
    fork.new_log_id = uuid(501);
    fork.new_epoch = 1;
    fork.mode = mode;
    show.events.push_back({{EntityKind::company, kCompany.value}, CompanyCopied{fork}, {}, {}});
    show.name = "CopyCompany";
    command::Submission submission;
    submission.command = std::move(show);
    return submission;
}

TEST(LineCopy, LeavesNothingWhenItIsAbandoned) {
    Desk desk;
    desk.open_books(3);
    auto copy = filled(desk, desk.head());
    ok(copy.abandon());
    EXPECT_EQ(ok(desk.log.head(kCopy)).revision, 0u);
    EXPECT_TRUE(ok(desk.log.unfinished_lines()).empty());
}

// Whoever reads one event knows whether it was meant.
TEST(LineCopy, EventsOfASandboxSayThatTheyAre) {
    const CompanyId other{uuid(500)};
    for (const BookMode mode : {BookMode::live, BookMode::sandbox}) {
        Desk desk;
        desk.open_books(2);
        const Revision until = desk.head();
        filled(desk, until);
        committed(desk.ask(showing(desk, other, until, mode)));
        EXPECT_EQ(ok(desk.log.root_at(kCopy, until)),
                  ok(desk.log.root_at(desk.line().line, until)));
        auto issuing = asking(issue(1));
        issuing.company = other;
        const auto issued = committed(desk.ask(issuing));
        for (const RecordedEvent& event : issued.events)
            EXPECT_EQ(event.envelope.flags.sandbox, mode == BookMode::sandbox);
        // The original goes on as it was.
        for (const RecordedEvent& event : committed(desk.ask(asking(issue(2)))).events)
            EXPECT_FALSE(event.envelope.flags.sandbox);
    }
}

} // namespace
} // namespace daybook::tests
