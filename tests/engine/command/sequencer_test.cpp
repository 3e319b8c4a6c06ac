// The one place where things happen, step by step: groups, repeated requests, previews, clocks, and
// a log that refuses.
#include "events/codec/limits.h"
#include "tests/engine/command/desk.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using command::Committed;
using command::Outcome;
using command::Previewed;
using command::Submission;

std::string number_in(const Committed& issued) {
    return std::get<InvoiceIssued>(issued.events.front().event).frozen.number;
}

Submission matching(Submission submission, Version version, std::uint32_t invoice = 1) {
    submission.if_match = {{EntityKind::invoice, invoice_id(invoice).value}, version};
    return submission;
}

// ---- groups ------------------------------------------------------------------------------------

TEST(Sequencer, LetsLaterCommandsOfAGroupSeeEarlierOnes) {
    Desk desk;
    const auto outcomes = desk.together(
        {asking(founding()), asking(domain::CreateClient{kClient, business("Dupont")}),
         asking(draft(1)), asking(draft(2)), asking(issue(1)), asking(issue(1)), asking(issue(2))});
    EXPECT_EQ(number_in(committed(outcomes[4])), "FA-2026-000001");
    EXPECT_EQ(refused(outcomes[5]), "invoice_not_draft");
    EXPECT_EQ(number_in(committed(outcomes[6])), "FA-2026-000002");
    EXPECT_EQ(desk.log.groups, (std::vector<std::size_t>{7})); // The company's is two commits.
    EXPECT_EQ(desk.shown.size(), 7U);
    EXPECT_EQ(committed(outcomes[6]).last, desk.head());
}

TEST(Sequencer, CutsAQueueIntoGroupsOfTheSizeAllowed) {
    Desk desk({.group_commits_max = 2});
    desk.open_books(4); // Seven commits.
    EXPECT_EQ(desk.log.groups, (std::vector<std::size_t>{2, 2, 2, 1}));
}

TEST(Sequencer, ReadsWhatItNeedsAfterARestart) {
    Desk desk;
    desk.open_books(2);
    committed(desk.ask(asking(issue(1))));
    desk.reopen();
    EXPECT_EQ(number_in(committed(desk.ask(asking(issue(2))))), "FA-2026-000002");
    EXPECT_EQ(refused(desk.ask(asking(issue(1)))), "invoice_not_draft");
}

TEST(Sequencer, AssignsPositionsVersionsAndRisingTimes) {
    Desk desk;
    desk.open_books(1);
    const Committed first = committed(desk.ask(asking(issue(1))));
    const Envelope& envelope = first.events.front().envelope;
    EXPECT_EQ(envelope.revision, desk.head());
    EXPECT_EQ(envelope.commit_first, first.first);
    EXPECT_EQ(envelope.entity_version, 2U);
    EXPECT_EQ(envelope.log_id, desk.line().log_id);
    // The clock stands; no two commits of a line bear the same time.
    EXPECT_EQ(envelope.clock_at, desk.clock.now());
    EXPECT_GT(envelope.recorded_at, desk.record(first.first - 1).envelope.recorded_at);
}

TEST(Sequencer, WritesNothingForWhatIsSoAlready) {
    Desk desk;
    desk.open_books();
    const Revision head = desk.head();
    const Committed nothing =
        committed(desk.ask(asking(domain::ChangeClient{kClient, business("Dupont SA")})));
    EXPECT_EQ(nothing.first, 0U);
    EXPECT_EQ(nothing.last, head);
    EXPECT_EQ(desk.head(), head);
}

TEST(Sequencer, KnowsNoCompanyThatWasNotMade) {
    Desk desk;
    EXPECT_EQ(refused(desk.ask(asking(draft(1)))), "not_found");
    desk.open_books();
    EXPECT_EQ(refused(desk.ask(asking(founding()))), "invalid_input");
}

TEST(Sequencer, RefusesAZoneThatNobodyKnows) {
    Desk desk;
    domain::CreateCompany nowhere = founding();
    nowhere.profile.time_zone = "Europe/Nowhere";
    EXPECT_EQ(refused(desk.ask(asking(nowhere))), "unknown_time_zone");
    EXPECT_EQ(desk.sequencer().directory()->find(kCompany), nullptr);
    desk.open_books(); // Nothing of it was left behind.
}

// ---- repeated requests -------------------------------------------------------------------------

TEST(Sequencer, AnswersARepeatedRequestWithItsFirstCommit) {
    Desk desk;
    desk.open_books(1);
    const Committed first = committed(desk.ask(asking(issue(1), "key")));
    const Revision head = desk.head();
    for (const bool restarted : {false, true}) {
        if (restarted)
            desk.reopen();
        const Committed again = committed(desk.ask(asking(issue(1), "key")));
        EXPECT_TRUE(again.replayed);
        EXPECT_EQ(again.first, first.first);
        EXPECT_EQ(again.last, first.last);
        EXPECT_EQ(desk.head(), head);
    }
}

TEST(Sequencer, KnowsARequestRepeatedWithinItsGroup) {
    Desk desk;
    desk.open_books(1);
    const auto outcomes = desk.together({asking(issue(1), "key"), asking(issue(1), "key")});
    EXPECT_FALSE(committed(outcomes[0]).replayed);
    EXPECT_TRUE(committed(outcomes[1]).replayed);
    EXPECT_EQ(committed(outcomes[1]).last, committed(outcomes[0]).last);
}

TEST(Sequencer, RepeatsACompanyByItsOwnFirstCommit) {
    Desk desk;
    const Committed first = committed(desk.ask(asking(founding(), "key")));
    const Committed again = committed(desk.ask(asking(founding(id<CompanyId>(9)), "key")));
    EXPECT_TRUE(again.replayed);
    EXPECT_EQ(again.line, first.line);
    EXPECT_EQ(again.last, first.last);
    EXPECT_EQ(desk.sequencer().directory()->current().size(), 1U);
}

TEST(Sequencer, RefusesAKeyForAnotherRequest) {
    Desk desk;
    desk.open_books(2);
    committed(desk.ask(asking(issue(1), "key")));
    Submission other = asking(issue(2), "key");
    other.request_hash.bytes[0] = 1;
    EXPECT_EQ(refused(desk.ask(other)), "idempotency_key_reused");
    other.actor.name = "somebody else"; // Has keys of his own.
    EXPECT_FALSE(committed(desk.ask(other)).replayed);
}

TEST(Sequencer, RemembersOnlyWhatWasWritten) {
    Desk desk;
    desk.open_books(1);
    Submission stale = matching(asking(issue(1), "key"), 7);
    EXPECT_EQ(refused(desk.ask(stale)), "stale_version");
    EXPECT_FALSE(committed(desk.ask(asking(issue(1), "key"))).replayed);
    // Repeated, it is answered before its If-Match, which has long gone by, can refuse it.
    EXPECT_TRUE(committed(desk.ask(stale)).replayed);
}

// ---- If-Match and previews ---------------------------------------------------------------------

TEST(Sequencer, ComparesTheVersionThatTheCallerSaw) {
    Desk desk;
    desk.open_books(1);
    const Outcome no = desk.ask(matching(asking(issue(1)), 2));
    EXPECT_EQ(refused(no), "stale_version");
    EXPECT_EQ(std::get<domain::Refusal>(no).facts.front(), (NamedText{"current_version", "1"}));
    const auto outcomes =
        desk.together({matching(asking(issue(1)), 1),
                       matching(asking(domain::VoidInvoice{invoice_id(1), {}}), 1)});
    committed(outcomes[0]);
    EXPECT_EQ(refused(outcomes[1]), "stale_version");
}

TEST(Sequencer, FindsNoVersionOfWhatNeverWas) {
    Desk desk;
    desk.open_books();
    EXPECT_EQ(refused(desk.ask(matching(asking(issue(1)), 1))), "not_found");
}

TEST(Sequencer, PreviewsWithoutWriting) {
    Desk desk;
    desk.open_books(1);
    const Revision head = desk.head();
    Submission asked = asking(issue(1), "key");
    asked.validate_only = true;
    const Outcome outcome = desk.ask(asked);
    const auto& previewed = std::get<Previewed>(outcome);
    EXPECT_EQ(previewed.head, head);
    ASSERT_EQ(previewed.things.size(), 1U);
    EXPECT_EQ(previewed.things.front().version, 2U);
    EXPECT_EQ(std::get<domain::InvoiceState>(previewed.things.front().before).stage,
              domain::InvoiceStage::draft);
    EXPECT_EQ(std::get<domain::InvoiceState>(previewed.things.front().after).stage,
              domain::InvoiceStage::issued);
    EXPECT_EQ(desk.head(), head);
    EXPECT_FALSE(committed(desk.ask(asking(issue(1), "key"))).replayed);
}

TEST(Sequencer, PreviewsACompanyWithoutOpeningOne) {
    Desk desk;
    Submission asked = asking(founding());
    asked.validate_only = true;
    EXPECT_TRUE(std::holds_alternative<Previewed>(desk.ask(asked)));
    EXPECT_TRUE(desk.sequencer().directory()->current().empty());
    EXPECT_TRUE(desk.log.groups.empty());
    desk.open_books();
}

// ---- clocks ------------------------------------------------------------------------------------

Submission note_of(std::size_t events, std::size_t name_bytes = 1) {
    command::InstanceNote note{{}, "OpenMany"};
    for (std::size_t i = 0; i < events; ++i)
        note.events.push_back({{EntityKind::company, uuid(static_cast<std::uint32_t>(i) + 1)},
                               CompanyOpened{kCompany, uuid(2), 1, 1, std::string(name_bytes, 'x')},
                               {},
                               {}});
    Submission submission;
    submission.command = std::move(note);
    return submission;
}

TEST(Sequencer, WritesNothingWhileTheClockIsImplausible) {
    using std::chrono::hours;
    const std::pair<hours, bool> cases[] = {
        {hours{24 * 366}, true}, {hours{24 * 367}, false}, {hours{-23}, true}, {hours{-25}, false}};
    for (const auto& [jump, plausible] : cases) {
        Desk desk;
        desk.open_books(1);
        const Revision head = desk.head();
        desk.clock.advance(jump);
        EXPECT_EQ(refused(desk.ask(asking(issue(1)))), plausible ? "" : "clock_implausible")
            << jump.count();
        EXPECT_EQ(desk.head() > head, plausible);
    }
}

// A note of the wrong hour would make it the last record, and the clock right.
TEST(Sequencer, NotesNothingWhileTheClockIsImplausible) {
    Desk desk;
    desk.open_books(1);
    EXPECT_FALSE(desk.sequencer().clock_skew());
    desk.clock.advance(std::chrono::hours{24 * 400});
    EXPECT_EQ(refused(desk.ask(note_of(1))), "clock_implausible");
    const auto skew = desk.sequencer().clock_skew();
    ASSERT_TRUE(skew);
    EXPECT_EQ(skew->clock_at, desk.clock.now());
    EXPECT_LT(skew->last_recorded_at, desk.clock.now());
    EXPECT_EQ(refused(desk.ask(asking(issue(1)))), "clock_implausible");
}

TEST(Sequencer, WritesWithAClockThatWasAccepted) {
    Desk desk({.accept_clock = true});
    desk.open_books(2);
    const Timestamp before = desk.record(desk.head()).envelope.recorded_at;
    desk.clock.advance(-std::chrono::hours{24 * 400});
    const Committed back = committed(desk.ask(asking(issue(1))));
    // Time never goes back in a line; what the clock said is kept beside.
    EXPECT_GT(back.events.front().envelope.recorded_at, before);
    EXPECT_LT(back.events.front().envelope.clock_at, before);
    desk.clock.advance(std::chrono::hours{24 * 1'000});
    EXPECT_EQ(committed(desk.ask(asking(issue(2)))).events.front().envelope.recorded_at,
              desk.clock.now());
}

// ---- limits and a log that refuses -------------------------------------------------------------

TEST(Sequencer, RefusesACommitOverTheLimits) {
    Desk desk;
    const Outcome many = desk.ask(note_of(kCommitEventsMax + 1));
    EXPECT_EQ(refused(many), "commit_too_large");
    EXPECT_EQ(std::get<domain::Refusal>(many).detail, "50001 events; at most 50000");
    EXPECT_EQ(refused(desk.ask(note_of(1, kRecordBytesMax + 1))), "commit_too_large");
    const std::size_t share = kRecordBytesMax - 4'096;
    EXPECT_EQ(refused(desk.ask(note_of(kCommitBytesMax / share + 1, share))), "commit_too_large");
    EXPECT_TRUE(desk.log.groups.empty());
    EXPECT_TRUE(desk.sound);
}

TEST(Sequencer, EndsWhenTheLogRefusesAGroup) {
    Desk desk;
    desk.open_books(2);
    const std::size_t shown = desk.shown.size();
    desk.log.refuses = true;
    const auto outcomes = desk.together({asking(issue(1)), asking(issue(1)), asking(issue(2))});
    EXPECT_FALSE(desk.sound);
    EXPECT_EQ(std::get<Error>(outcomes[0]).what, "outcome unknown: no space left on device");
    EXPECT_EQ(refused(outcomes[1]), "invoice_not_draft"); // Nothing was to be written for it.
    EXPECT_EQ(std::get<Error>(outcomes[2]).kind, ErrorKind::io);
    EXPECT_EQ(desk.shown.size(), shown);
    desk.log.refuses = false;
    EXPECT_TRUE(std::holds_alternative<Error>(desk.ask(asking(issue(2)))));
    EXPECT_FALSE(desk.sound);
}

} // namespace
} // namespace daybook::tests
