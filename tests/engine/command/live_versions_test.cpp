// Which events still count, after things went back, and back again.
#include "engine/command/live_versions.h"

#include "tests/engine/command/desk.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

// A letter a revision: `*` still counts, `-` does not.
std::string live_events(const Desk& desk, std::optional<Revision> until = {}) {
    command::LiveVersions versions(desk.log, desk.line().line, kCompany, until);
    std::string marks;
    for (Revision revision = 1; revision <= until.value_or(desk.head()); ++revision) {
        const Envelope envelope = desk.record(revision).envelope;
        marks += ok(versions.is_live(envelope.entity, envelope.entity_version)) ? '*' : '-';
    }
    return marks;
}

TEST(LiveVersions, AreThoseOnThePathToWhatTheThingIsNow) {
    Desk desk;
    desk.open_books(1);
    const std::string founded = live_events(desk);
    EXPECT_EQ(founded, std::string(desk.head(), '*'));

    const Revision before = desk.head();
    committed(desk.ask(asking(draft(2))));
    EXPECT_EQ(live_events(desk), founded + "*");

    const auto back = committed(
        desk.ask(asking(domain::RollBack{.to = before, .reason = "oops", .first_id = uuid(900)})));
    EXPECT_EQ(live_events(desk), founded + "-" + "**"); // It is said, and the draft returned.

    committed(desk.ask(asking(domain::UndoCommit{back.last, "after all", {}})));
    // The draft is there again, and its return is what no longer counts.
    EXPECT_EQ(live_events(desk), founded + "*" + "*-" + "**");
    EXPECT_EQ(live_events(desk, back.last), founded + "-" + "**"); // As it was then.
}

TEST(LiveVersions, AreAllInTheBookOfTheInstance) {
    Desk desk;
    desk.open_books();
    command::LiveVersions versions(desk.log, log::kInstanceLine, {});
    EXPECT_TRUE(ok(versions.is_live({EntityKind::company, kCompany.value}, 1)));
}

} // namespace
} // namespace daybook::tests
