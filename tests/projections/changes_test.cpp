// What changed between two moments, compared with what the plain fold says of both.
#include "projections/summary_change.h"
#include "tests/projections/random_history.h"
#include "tests/projections/views_fixture.h"
#include "tests/support/roll.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::tests {
namespace {

using projections::ChangedThing;
using projections::ChangePage;
using projections::ChangeQuery;
using projections::Snapshot;

std::vector<ChangedThing> all_changes(const Snapshot& shown, ChangeQuery query) {
    std::vector<ChangedThing> all;
    do {
        ChangePage page = ok(shown.changes(query));
        RC_ASSERT(page.things.size() <= query.limit);
        std::ranges::move(page.things, std::back_inserter(all));
        query.behind = page.next;
    } while (query.behind);
    return all;
}

RC_GTEST_PROP(Changes, AreEachThingOfALaterCommitOnceHoweverTheyArePaged, ()) {
    Books books;
    RandomHistory random(books.ledger, roll);
    for (int commits = *rc::gen::inRange(1, 20); commits > 0; --commits)
        books.commit(random.next_commit());
    const auto& history = books.ledger.history();
    const std::size_t to = *rc::gen::inRange<std::size_t>(0, history.size());
    const Revision after = *rc::gen::inRange<Revision>(0, books.ledger.now().revision + 2);
    const ChangeQuery query{.after = after,
                            .limit = *rc::gen::inRange<std::size_t>(1, 6),
                            .rows_examined_max = *rc::gen::inRange<std::size_t>(1, 9)};

    const auto shown = books.at(history[to].revision);
    auto expected = history[to].things;
    std::erase_if(expected, [&](const auto& thing) { return thing.second.revision <= after; });
    Revision newest = shown->revision();
    for (const ChangedThing& changed : all_changes(*shown, query)) {
        RC_ASSERT(changed.row.revision <= newest);
        newest = changed.row.revision;
        const auto found = expected.find(changed.thing);
        RC_ASSERT(found != expected.end());
        RC_ASSERT(found->second.state == changed.row.state);
        RC_ASSERT(found->second.version == changed.row.version);
        expected.erase(found);
    }
    RC_ASSERT(expected.empty());
}

TEST(Changes, CostWhatChangedAndNotWhatThereIs) {
    Books books;
    std::vector<Happened> many;
    for (std::uint32_t i = 0; i < 3'000; ++i)
        many.push_back({{EntityKind::client, uuid(i)}, ClientCreated{business("Dupont")}});
    books.commit(many);
    books.commit({{{EntityKind::client, uuid(7)}, ClientChanged{business("Durand")}}});
    const ChangePage page = ok(books.now()->changes({.after = 3'000, .rows_examined_max = 1}));
    ASSERT_EQ(page.things.size(), 1U);
    EXPECT_EQ(page.things[0].thing.id, uuid(7));
    EXPECT_FALSE(page.next.has_value());
}

TEST(SummaryChange, SaysByHowMuchInEachCurrency) {
    const Currency euro{"EUR"}, yen{"JPY"};
    const projections::Summary before{
        .clients = 3, .issued = 2, .receivable = {{euro, "10.50"}}, .overdue = {{euro, "10.50"}}};
    const projections::Summary after{.clients = 1,
                                     .issued = 5,
                                     .receivable = {{euro, "-0.25"}, {yen, "7"}},
                                     .unallocated = {{euro, "90000000000000000000.00"}}};
    const projections::SummaryChange change = change_between(before, after);
    EXPECT_EQ(change.clients, (projections::CountChange{3, 1, -2}));
    EXPECT_EQ(change.issued, (projections::CountChange{2, 5, 3}));
    EXPECT_EQ(change.drafts, (projections::CountChange{}));
    ASSERT_EQ(change.money.size(), 2U);
    using projections::SumChange;
    EXPECT_EQ(change.money[0].currency, euro);
    EXPECT_EQ(change.money[0].receivable, (SumChange{"10.50", "-0.25", "-10.75"}));
    EXPECT_EQ(change.money[0].overdue, (SumChange{"10.50", "0.00", "-10.50"}));
    EXPECT_EQ(change.money[0].credit_open, (SumChange{"0.00", "0.00", "0.00"}));
    EXPECT_EQ(change.money[0].unallocated,
              (SumChange{"0.00", "90000000000000000000.00", "90000000000000000000.00"}));
    EXPECT_EQ(change.money[1].currency, yen);
    EXPECT_EQ(change.money[1].receivable, (SumChange{"0", "7", "7"}));
}

} // namespace
} // namespace daybook::tests
