// Going back through the sequencer and the log: indexes that stay true, groups that end in time,
// and copies whose rows are those of the original.
#include "engine/command/line_copy.h"
#include "tests/engine/command/desk.h"
#include "tests/support/count.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using command::Committed;
using command::LineCopy;
using command::Previewed;

const ProductId kBolt = id<ProductId>(60);
const ProductId kNut = id<ProductId>(61);

domain::CreateProduct product(ProductId id, std::string code) {
    return {id, {.code = std::move(code), .names = {{"fr", "Vis"}}}};
}
domain::ChangeProduct recoded(ProductId id, std::string code) {
    return {id, product(id, std::move(code)).profile};
}
domain::RollBack back_to(Revision to) {
    return {.to = to, .reason = "a mistake", .first_id = uuid(77'000)};
}

// Two products that have swapped their codes since the revision returned.
Revision swap_codes(Desk& desk) {
    committed(desk.ask(asking(product(kBolt, "A"))));
    const Revision before = committed(desk.ask(asking(product(kNut, "B")))).last;
    committed(desk.ask(asking(recoded(kBolt, "C"))));
    committed(desk.ask(asking(recoded(kNut, "A"))));
    committed(desk.ask(asking(recoded(kBolt, "B"))));
    return before;
}

TEST(GoingBack, LeavesEachCodeToWhoeverHasItAgain) {
    Desk desk;
    desk.open_books();
    committed(desk.ask(asking(back_to(swap_codes(desk)))));
    for (int restarts = 0; restarts < 2; ++restarts, desk.reopen()) {
        EXPECT_EQ(refused(desk.ask(asking(product(id<ProductId>(62), "a")))), "code_taken");
        EXPECT_EQ(refused(desk.ask(asking(product(id<ProductId>(62), "b")))), "code_taken");
    }
    committed(desk.ask(asking(product(id<ProductId>(62), "C"))));
}

TEST(GoingBack, SeesWhatCameBeforeItInTheSameStep) {
    Desk desk;
    desk.open_books();
    const Revision before = desk.head();
    const auto outcomes = desk.together({asking(product(kBolt, "A")), asking(product(kNut, "B")),
                                         asking(back_to(before)), asking(product(kNut, "B"))});
    EXPECT_EQ(committed(outcomes[2]).events.size(), 3U); // It says so, and two things return.
    EXPECT_EQ(committed(outcomes[3]).events.front().envelope.entity_version, 3U);
    const Committed undone = committed(
        desk.ask(asking(domain::UndoCommit{committed(outcomes[2]).last, "after all", {}})));
    EXPECT_EQ(undone.events.size(), 2U); // The nut was made anew, and holds its code.
}

// Each returns to what the one before it left, and names the event that said so, never a return:
// the way back to a state stays as long as it was.
TEST(GoingBack, ManyTimesInARowKeepsEveryStep) {
    const std::uint64_t rollbacks = number_in("DAYBOOK_ROLLBACKS", 1'000);
    Desk desk;
    desk.open_books();
    committed(desk.ask(asking(product(kBolt, "A"))));
    const Revision first = desk.head();
    committed(desk.ask(asking(recoded(kBolt, "B"))));
    Revision to = first; // What is taken back is what the last one brought back.
    for (std::uint64_t times = 0; times < rollbacks; ++times) {
        const Revision head = desk.head();
        const Committed back = committed(desk.ask(asking(back_to(to))));
        ASSERT_EQ(back.events.size(), 2U) << times; // It is said, and the bolt returns.
        ASSERT_EQ(back.events[1].event, Event(Returned{times % 2 == 0 ? 1U : 2U})) << times;
        to = head;
    }
    EXPECT_EQ(committed(desk.ask(asking(back_to(desk.head())))).first, 0U) << "the present";
    EXPECT_EQ(desk.head(), first + 1 + 2 * rollbacks);
    EXPECT_EQ(desk.record(desk.head()).envelope.entity_version, rollbacks + 2);
    EXPECT_EQ(refused(desk.ask(asking(product(kNut, "b")))), "code_taken");
    committed(desk.ask(asking(back_to(first)))); // Over all of them.
    EXPECT_EQ(refused(desk.ask(asking(product(kNut, "a")))), "code_taken");
    committed(desk.ask(asking(product(kNut, "B"))));
}

TEST(GoingBack, IsPreviewedWithoutBeingWritten) {
    Desk desk;
    desk.open_books();
    const Revision before = desk.head();
    committed(desk.ask(asking(product(kBolt, "A"))));
    command::Submission preview = asking(back_to(before));
    preview.validate_only = true;
    const auto outcome = desk.ask(preview);
    const auto* previewed = std::get_if<Previewed>(&outcome);
    ASSERT_NE(previewed, nullptr);
    ASSERT_EQ(previewed->events.size(), 2U);
    for (const command::Prospect& prospect : previewed->things)
        EXPECT_EQ(domain::exists(prospect.after), prospect.thing.kind == EntityKind::timeline);
    EXPECT_EQ(desk.head(), before + 1);
}

// Every row of every index, of a line.
std::vector<std::vector<log::IndexEntry>> rows_of(const Desk& desk, log::LineNumber line) {
    std::vector<std::vector<log::IndexEntry>> rows;
    for (const log::Index index :
         {log::Index::thing, log::Index::touch, log::Index::command, log::Index::claim})
        rows.push_back(ok(desk.log.scan_index(line, index, "")));
    return rows;
}

TEST(LineCopy, HasTheRecordsTheRootAndTheRowsOfItsOriginal) {
    Desk desk;
    desk.open_books(3);
    committed(desk.ask(asking(issue(1), "key-1")));
    committed(desk.ask(asking(issue(2))));
    committed(desk.ask(asking(domain::RecordPayment{
        .id = id<PaymentId>(5'000),
        .client_id = kClient,
        .amount = decimal("100"),
        .received_on = kToday,
        .method = "transfer",
        .allocations = {{id<AllocationId>(6'000), invoice_id(1), decimal("100")}}})));
    const Revision before = swap_codes(desk);
    const Committed back = committed(desk.ask(asking(back_to(before))));
    committed(desk.ask(asking(domain::UndoCommit{back.last, "after all", {}})));

    constexpr log::LineNumber kCopy = 9;
    const log::LineNumber source = desk.line().line;
    LineCopy copy = ok(LineCopy::begin(desk.log, source, desk.head(), kCopy));
    while (!ok(copy.step())) {
    }
    EXPECT_EQ(ok(desk.log.head(kCopy)).revision, 0U); // Out of sight,
    ok(desk.log.show(kCopy, {}));                     // until it is shown.
    EXPECT_EQ(ok(desk.log.head(kCopy)), ok(desk.log.head(source)));
    EXPECT_EQ(rows_of(desk, kCopy), rows_of(desk, source));
}

TEST(LineCopy, OfAnEarlierMomentKnowsNothingLater) {
    Desk desk;
    desk.open_books(1);
    const Revision then = desk.head();
    const auto rows = rows_of(desk, desk.line().line);
    committed(desk.ask(asking(issue(1))));
    constexpr log::LineNumber kCopy = 9;
    LineCopy copy = ok(LineCopy::begin(desk.log, desk.line().line, then, kCopy));
    while (!ok(copy.step())) {
    }
    ok(desk.log.show(kCopy, {}));
    EXPECT_EQ(rows_of(desk, kCopy), rows);
    EXPECT_EQ(ok(desk.log.head(kCopy)).root, ok(desk.log.root_at(desk.line().line, then)));
}

} // namespace
} // namespace daybook::tests
