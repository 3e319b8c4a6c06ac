#include "bench/queries.h"

#include "tests/support/ok.h"

#include <fmt/format.h>

namespace daybook::bench {
namespace {

using projections::ListQuery;
using projections::Snapshot;
using projections::SortKey;
using tests::ok;

Query find(int versions, InvoiceId invoice) {
    return {fmt::format("a draft of {} versions", versions), false, [=](const Snapshot& shown) {
                const auto row = ok(shown.find({EntityKind::invoice, invoice.value}));
                CHECK(row.has_value(), "what is asked for is there");
                return Answered{1, 0};
            }};
}

Query page(const char* name, ListQuery query) {
    return {name, true, [query = std::move(query)](const Snapshot& shown) {
                const projections::ListPage page = ok(shown.list(query));
                return Answered{page.items.size(), page.rows_examined};
            }};
}

} // namespace

std::vector<Query> queries_of(Book& book) {
    const Date today = add_days(book.today(), 60); // What is not paid by then is overdue.
    const ListQuery invoices{.kind = EntityKind::invoice, .today = today};
    const auto with = [&](auto change) {
        ListQuery query = invoices;
        change(query);
        return query;
    };
    std::vector<Query> queries;
    for (const int versions : {1, 10, 100})
        queries.push_back(find(versions, book.with_versions(versions)));
    queries.push_back(page("page: oldest first", invoices));
    const auto falling = [&](SortKey key) {
        return with([key](auto& q) { q.sort = {{key, true}}; });
    };
    queries.push_back(page("page: newest first", falling(SortKey::created)));
    queries.push_back(page("page: by date, latest first", falling(SortKey::issued_on)));
    queries.push_back(page("page: by number, last first", falling(SortKey::number)));
    queries.push_back(
        page("page: of one client", with([&](auto& q) { q.client_id = book.some_client(); })));
    queries.push_back(page("page: overdue, by due date", with([](auto& q) {
                               q.overdue = true;
                               q.sort = {{SortKey::due_on}};
                           })));
    queries.push_back(page("page: overdue, oldest first", with([](auto& q) { q.overdue = true; })));
    queries.push_back({"summary", false, [today](const Snapshot& shown) {
                           return Answered{ok(shown.summary(today)).issued > 0 ? 1U : 0U, 0};
                       }});
    return queries;
}

} // namespace daybook::bench
