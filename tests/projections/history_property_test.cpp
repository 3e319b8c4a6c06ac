// The promise of the read side: at every moment of any history, what is shown equals the plainest
// fold of the events, whichever way the rows came to be.
#include "tests/projections/naive_queries.h"
#include "tests/projections/random_history.h"
#include "tests/projections/views_fixture.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::tests {
namespace {

using projections::Snapshot;

Dice rapid_dice() {
    return [](std::uint32_t bound) { return *rc::gen::resize(100, rc::gen::inRange(0U, bound)); };
}

bool same(const projections::EntityRow& a, const projections::EntityRow& b) {
    return a.version == b.version && a.revision == b.revision && a.created_at == b.created_at
           && a.updated_at == b.updated_at && a.state == b.state;
}

void expect_things(const Snapshot& shown, const NaiveBooks& books) {
    for (const auto& [thing, row] : books.things) {
        const auto found = ok(shown.find(thing));
        RC_ASSERT(found.has_value());
        RC_ASSERT(same(*found, row));
        if (thing.kind != EntityKind::invoice)
            continue;
        RC_ASSERT(ok(shown.settled(InvoiceId{thing.id}))
                  == naive_settled(books, InvoiceId{thing.id}));
        const auto touching = ok(shown.touching(thing));
        RC_ASSERT(std::set(touching.begin(), touching.end())
                  == naive_touching(books, InvoiceId{thing.id}));
    }
    for (const EntityKind kind : {EntityKind::client, EntityKind::series, EntityKind::invoice}) {
        std::size_t living = 0;
        for (const auto& [thing, row] : books.things)
            living += thing.kind == kind && domain::exists(row.state);
        RC_ASSERT(ok(shown.all(kind)).size() == living);
    }
}

void expect_figures(const Snapshot& shown, const NaiveBooks& books, Date today) {
    const projections::Summary summary = ok(shown.summary(today));
    const projections::Summary wanted = naive_summary(books, today);
    RC_ASSERT(summary.clients == wanted.clients);
    RC_ASSERT(summary.products == wanted.products);
    RC_ASSERT(summary.drafts == wanted.drafts);
    RC_ASSERT(summary.issued == wanted.issued);
    RC_ASSERT(summary.credit_notes == wanted.credit_notes);
    RC_ASSERT(summary.payments == wanted.payments);
    RC_ASSERT(summary.receivable == wanted.receivable);
    RC_ASSERT(summary.overdue == wanted.overdue);
    RC_ASSERT(summary.credit_open == wanted.credit_open);
    RC_ASSERT(summary.unallocated == wanted.unallocated);

    NaiveBalances balances = naive_balances(books, today);
    for (const projections::Receivable& each : ok(shown.receivables(today))) {
        const auto found = balances.find({each.client_id, each.currency.code});
        if (found == balances.end()) { // Sums of zero over open invoices by month may remain.
            RC_FAIL("a balance that nobody has");
        }
        const NaiveMoney& money = found->second;
        const std::string& currency = each.currency.code;
        RC_ASSERT(each.due == money_text(money.due, currency));
        RC_ASSERT(each.overdue == money_text(money.overdue, currency));
        RC_ASSERT(each.credit_open == money_text(money.credit_open, currency));
        RC_ASSERT(each.unallocated == money_text(money.unallocated, currency));
        RC_ASSERT(each.open_invoices == static_cast<std::uint64_t>(money.open_invoices));
        balances.erase(found);
    }
    RC_ASSERT(balances.empty());
}

void expect_all(const Snapshot& shown, const NaiveBooks& books) {
    RC_ASSERT(shown.revision() == books.revision);
    expect_things(shown, books);
    for (const char* today : {"2026-01-10", "2026-02-14", "2026-03-01", "2027-01-01"})
        expect_figures(shown, books, date(today));
}

RC_GTEST_PROP(Views, ShowAtEveryMomentWhatThePlainFoldSays, ()) {
    Books books;
    RandomHistory random(books.ledger, rapid_dice());
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
    RandomHistory random(books.ledger, rapid_dice());
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
