// The promise of the read side: at every moment of any history, what is shown equals the plainest
// fold of the events, whichever way the rows came to be.
#include "tests/projections/expectations.h"
#include "tests/projections/random_history.h"
#include "tests/projections/views_fixture.h"
#include "tests/support/roll.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::tests {
namespace {

RC_GTEST_PROP(Views, ShowAtEveryMomentWhatThePlainFoldSays, ()) {
    Books books;
    RandomHistory random(books.ledger, roll);
    std::map<Revision, Hash> hashes;
    for (int commits = *rc::gen::inRange(1, 25); commits > 0; --commits) {
        books.commit(random.next_commit());
        const auto now = books.now();
        expect_all(*now, books.ledger.now());
        hashes[now->revision()] = ok(now->state_hash());
    }
    const auto expect_history = [&] {
        for (const NaiveBooks& moment : books.ledger.history()) {
            const auto shown = books.at(moment.revision);
            expect_all(*shown, moment);
            if (moment.revision > 0)
                RC_ASSERT(ok(shown->state_hash()) == hashes[moment.revision]);
        }
    };
    expect_history();
    RC_ASSERT(books.views->lag().behind == 0U);
    RC_ASSERT(books.views->lag().trouble.empty());
    books.close();
    const auto live = books.dump();

    std::filesystem::remove_all(books.views_path());
    books.open();
    expect_history();
    books.close();
    RC_ASSERT(books.dump() == live); // Row for row.
}

RC_GTEST_PROP(Views, AreTheSameHoweverTheLogIsCaughtUp, ()) {
    Books books;
    RandomHistory random(books.ledger, roll);
    for (int commits = *rc::gen::inRange(1, 20); commits > 0; --commits) {
        const auto happened = random.next_commit();
        switch (*rc::gen::inRange(0, 4)) {
        case 0: // Not told; the next commit does not follow.
            books.record(happened);
            break;
        case 1:
            books.record(happened);
            books.catch_up();
            break;
        case 2:
            books.commit(happened);
            books.open();
            break;
        default:
            books.commit(happened);
        }
    }
    books.catch_up();
    expect_all(*books.now(), books.ledger.now());
    books.close();
    const auto live = books.dump();
    books.open();
    ok(books.views->rebuild([](const projections::Progress&) {}));
    books.close();
    RC_ASSERT(books.dump() == live);
}

} // namespace
} // namespace daybook::tests
