// What is shown at a moment equals the plainest fold of the events. For use inside a property.
#pragma once

#include "tests/projections/naive_queries.h"

#include <rapidcheck.h>

namespace daybook::tests {

inline bool same(const projections::EntityRow& a, const projections::EntityRow& b) {
    return a.version == b.version && a.revision == b.revision && a.created_at == b.created_at
           && a.updated_at == b.updated_at && a.state == b.state;
}

inline void expect_things(const projections::Snapshot& shown, const NaiveBooks& books) {
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

inline void expect_figures(const projections::Snapshot& shown, const NaiveBooks& books,
                           Date today) {
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

inline void expect_all(const projections::Snapshot& shown, const NaiveBooks& books) {
    RC_ASSERT(shown.revision() == books.revision);
    expect_things(shown, books);
    for (const char* today : {"2026-01-10", "2026-02-14", "2026-03-01", "2027-01-01"})
        expect_figures(shown, books, date(today));
}

} // namespace daybook::tests
