// Lists: every filter and sort against the plainest filter and sort, at every moment; pages that
// are complete in both directions; and no more rows looked at than the page is worth.
#include "tests/projections/naive_queries.h"
#include "tests/projections/random_history.h"
#include "tests/projections/views_fixture.h"
#include "tests/support/roll.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::tests {
namespace {

using projections::ListPage;
using projections::ListQuery;
using projections::Snapshot;
using projections::SortKey;

std::vector<Uuid> ids_of(const ListPage& page) {
    std::vector<Uuid> ids;
    for (const projections::ListItem& item : page.items)
        ids.push_back(item.thing.id);
    return ids;
}

std::vector<Uuid> all_forward(const Snapshot& shown, ListQuery query) {
    std::vector<Uuid> ids;
    do {
        const ListPage page = ok(shown.list(query));
        RC_ASSERT(page.items.size() <= query.limit);
        const auto more = ids_of(page);
        ids.insert(ids.end(), more.begin(), more.end());
        query.after = page.next;
    } while (!query.after.empty());
    return ids;
}

std::vector<Uuid> all_backward(const Snapshot& shown, ListQuery query) {
    std::vector<Uuid> ids;
    query.backward = true;
    do {
        const ListPage page = ok(shown.list(query));
        const auto more = ids_of(page);
        ids.insert(ids.begin(), more.begin(), more.end());
        query.after = page.prev;
    } while (!query.after.empty());
    return ids;
}

Date random_day(const Dice& dice) {
    return add_days(date("2026-01-20"), static_cast<int>(dice(80)));
}

ListQuery random_query(const Dice& dice) {
    static constexpr EntityKind kKinds[] = {EntityKind::invoice,     EntityKind::invoice,
                                            EntityKind::credit_note, EntityKind::payment,
                                            EntityKind::client,      EntityKind::product};
    static constexpr SortKey kSorts[] = {SortKey::created, SortKey::number, SortKey::issued_on,
                                         SortKey::due_on, SortKey::received_on};
    static constexpr SortKey kNameSorts[] = {SortKey::created, SortKey::name, SortKey::code};
    static constexpr const char* kStatuses[] = {
        "draft", "issued", "paid", "live", "partially_paid", "open", "archived", "unallocated"};
    static constexpr const char* kTexts[] = {"elan", "ÉLAN", "oeuvre", "FA-", "z", "œ"};
    ListQuery query{.kind = kKinds[dice(6)], .limit = 1 + dice(5), .today = random_day(dice)};
    const bool named = query.kind == EntityKind::client || query.kind == EntityKind::product;
    for (std::uint32_t keys = dice(4); keys > 0; --keys)
        query.sort.push_back({named ? kNameSorts[dice(3)] : kSorts[dice(5)], dice(2) == 0});
    if (dice(3) == 0)
        for (std::uint32_t i = 0; i < 3; ++i)
            query.status.emplace_back(kStatuses[dice(8)]);
    if (!named && dice(4) == 0)
        query.client_id = ClientId{uuid(7'000'000 + dice(6))};
    if (!named && dice(5) == 0)
        query.issued_from = random_day(dice);
    if (!named && dice(5) == 0)
        query.issued_to = random_day(dice);
    if (dice(8) == 0)
        query.due_from = random_day(dice);
    if (dice(8) == 0)
        query.due_to = random_day(dice);
    if (query.kind == EntityKind::invoice && dice(4) == 0)
        query.overdue = dice(3) != 0;
    if (dice(4) == 0)
        query.text = kTexts[dice(6)];
    if (dice(8) == 0)
        query.number =
            named ? "P" + std::to_string(dice(9)) : "FA-2026-" + std::to_string(dice(31));
    return query;
}

RC_GTEST_PROP(Lists, HoldWhatThePlainFilterHoldsInItsOrderAtEveryMoment, ()) {
    Books books;
    RandomHistory random(books.ledger, roll);
    for (int commits = *rc::gen::inRange(1, 40); commits > 0; --commits)
        books.commit(random.next_commit());
    const auto& history = books.ledger.history();
    for (int queries = 0; queries < 20; ++queries) {
        const NaiveBooks& moment =
            history[*rc::gen::resize(100, rc::gen::inRange<std::size_t>(0, history.size()))];
        const bool is_now = moment.revision == books.ledger.now().revision;
        const auto shown = is_now ? books.now() : books.at(moment.revision);
        ListQuery query = random_query(roll);
        const std::vector<Uuid> wanted = naive_list(moment, query);
        RC_ASSERT(all_forward(*shown, query) == wanted);
        RC_ASSERT(all_backward(*shown, query) == wanted);
        query.count = query.sums = true;
        const ListPage page = ok(shown->list(query));
        RC_ASSERT(page.total == wanted.size());
        if (query.kind == EntityKind::invoice) {
            std::map<std::string, std::int64_t> due;
            for (const Uuid& each : wanted)
                if (const auto* invoice =
                        moment.get<domain::InvoiceState>(EntityKind::invoice, each))
                    due[invoice->content.document.currency.code] +=
                        domain::due(*invoice, naive_settled(moment, InvoiceId{each})).minor;
            RC_ASSERT(page.sums.size() == due.size());
            for (const projections::ListSum& sum : page.sums)
                RC_ASSERT(sum.due == money_text(due[sum.currency.code], sum.currency.code));
        }
    }
}

// ---- pages while the books go on -------------------------------------------------------------

std::string number_of(std::uint32_t n) { return "FA-" + std::to_string(100'000 + n); }

void add_invoices(Books& books, std::uint32_t first, std::uint32_t count) {
    std::vector<Happened> happened;
    for (std::uint32_t n = first; n < first + count; ++n) {
        Document document = document_of({line("1", "10")});
        document.due_on = date("2026-03-01");
        document.issued_on = add_days(date("2026-01-01"), static_cast<int>(n % 40));
        Frozen frozen{.document = document, .number = number_of(n)};
        frozen.totals.payable = frozen.totals.total = amount("12.00");
        happened.push_back({{EntityKind::invoice, uuid(n)}, InvoiceDrafted{.document = document}});
        happened.push_back({{EntityKind::invoice, uuid(n)}, InvoiceIssued{frozen}});
    }
    books.commit(happened);
}

TEST(Lists, AreCompleteWhileWritesGoOn) {
    Books books;
    add_invoices(books, 1'000, 60);
    const auto pinned = books.now();
    ListQuery query{.kind = EntityKind::invoice, .sort = {{SortKey::issued_on}}, .limit = 7};
    std::vector<Uuid> ids;
    std::uint32_t next = 2'000;
    do {
        const ListPage page = ok(pinned->list(query));
        const auto more = ids_of(page);
        ids.insert(ids.end(), more.begin(), more.end());
        query.after = page.next;
        add_invoices(books, next += 10, 3);
    } while (!query.after.empty());
    EXPECT_EQ(ids, naive_list(books.ledger.history()[1], query));
    EXPECT_EQ(ids.size(), 60U);
}

// ---- what a page costs -----------------------------------------------------------------------

struct Cheap {
    const char* name;
    ListQuery query;
};

TEST(Lists, LookAtABoundedNumberOfRowsForEachTheyReturn) {
    Books books;
    add_invoices(books, 1'000, 200);
    for (std::uint32_t n = 1'000; n < 1'190; ++n) { // All but ten are paid.
        const Allocation whole{.id = id<AllocationId>(n),
                               .invoice_id = InvoiceId{uuid(n)},
                               .amount = amount("12.00"),
                               .paid_amount = amount("12.00")};
        Receipt receipt{.client_id = kClient,
                        .currency = {"EUR"},
                        .amount = amount("12.00"),
                        .received_on = kToday,
                        .allocations = {whole}};
        books.commit({{{EntityKind::payment, uuid(50'000 + n)}, PaymentRecorded{receipt}}});
    }
    const ListQuery page{.kind = EntityKind::invoice, .limit = 10, .today = kToday};
    std::vector<Cheap> cheap;
    const auto add = [&](const char* name, auto change) {
        for (const bool descending : {false, true}) {
            ListQuery query = page;
            change(query);
            if (query.sort.empty())
                query.sort = {{SortKey::created}};
            query.sort.front().descending = descending;
            cheap.push_back({name, query});
        }
    };
    add("created", [](ListQuery&) {});
    add("issued_on", [](ListQuery& query) { query.sort = {{SortKey::issued_on}}; });
    add("number", [](ListQuery& query) { query.sort = {{SortKey::number}}; });
    add("client", [](ListQuery& query) { query.client_id = kClient; });
    add("overdue", [](ListQuery& query) { query.overdue = true; });
    add("overdue by number", [](ListQuery& query) {
        query.overdue = true;
        query.sort = {{SortKey::number}};
    });
    add("one number", [](ListQuery& query) { query.number = number_of(1'150); });
    add("days", [](ListQuery& query) {
        query.sort = {{SortKey::issued_on}};
        query.issued_from = date("2026-01-10");
        query.issued_to = date("2026-01-20");
    });
    for (const auto& [name, query] : cheap)
        for (const bool is_now : {true, false}) {
            if (!is_now && query.overdue)
                continue; // As of the past, those paid since are stepped over.
            const auto shown = is_now ? books.now() : books.at(books.ledger.now().revision - 1);
            const ListPage found = ok(shown->list(query));
            ASSERT_FALSE(found.items.empty()) << name;
            EXPECT_LE(found.rows_examined, 6 * (found.items.size() + 1)) << name << is_now;
        }
}

// A filter whose things have an order of their own, under orders that are none of it.
TEST(Lists, FillAPageInAnotherOrderFromWhatIsFrequentAndFromWhatIsLittle) {
    Books books;
    add_invoices(books, 1'000, 1'200); // All are overdue.
    for (const int days : {0, 1, 20})
        for (const SortKey key : {SortKey::created, SortKey::number, SortKey::issued_on})
            for (const bool descending : {false, true}) {
                const ListQuery query{.kind = EntityKind::invoice,
                                      .issued_to = add_days(date("2026-01-01"), days - 1),
                                      .overdue = true,
                                      .sort = {{key, descending}},
                                      .limit = 20,
                                      .today = kToday};
                const auto shown = books.now();
                const ListPage page = ok(shown->list(query));
                const auto wanted = naive_list(books.ledger.now(), query);
                ASSERT_EQ(page.items.size(), std::min<std::size_t>(20, wanted.size()));
                for (std::size_t i = 0; i < page.items.size(); ++i)
                    EXPECT_EQ(page.items[i].thing.id, wanted[i]) << enum_name(key) << days << i;
                if (days >= 20) {
                    EXPECT_LE(page.rows_examined, 20 * 20U) << enum_name(key) << days;
                }
            }
}

// Each commit is of another day, and its number the next: all that came later lies ahead of a page
// in falling order.
TEST(Lists, LookAtABoundedNumberOfRowsHoweverMuchCameAfterTheMoment) {
    Books books;
    for (std::uint32_t day = 0; day < 1'000; ++day) {
        const EntityRef invoice{EntityKind::invoice, uuid(9'000 - day)};
        Frozen frozen{.document = document_of({line("1", "10")}), .number = number_of(day)};
        frozen.document.client_id = kClient;
        frozen.document.issued_on = add_days(date("2026-01-01"), static_cast<int>(day));
        books.record({{invoice, InvoiceDrafted{.document = frozen.document}},
                      {invoice, InvoiceIssued{frozen}}});
    }
    books.catch_up();
    const auto shown = books.at(2 * 100);
    for (const SortKey key : {SortKey::created, SortKey::issued_on, SortKey::number})
        for (const bool of_a_client : {false, true}) {
            ListQuery query{
                .kind = EntityKind::invoice, .sort = {{key, true}}, .limit = 20, .today = kToday};
            if (of_a_client)
                query.client_id = kClient;
            const ListPage page = ok(shown->list(query));
            ASSERT_EQ(page.items.size(), 20U);
            EXPECT_EQ(page.items.front().thing.id, uuid(9'000 - 99));
            if (!of_a_client || key == SortKey::created) {
                EXPECT_LE(page.rows_examined, 6 * 20U) << enum_name(key);
            }
        }
}

TEST(Lists, ReadNoMoreForASecondKeyThanTheRunsOfEqualsThatAPageTouches) {
    Books books;
    add_invoices(books, 1'000, 200); // Five a day.
    const auto shown = books.now();
    for (const bool descending : {false, true})
        for (const bool backward : {false, true}) {
            ListQuery query{.kind = EntityKind::invoice,
                            .sort = {{SortKey::issued_on, descending}, {SortKey::number, true}},
                            .limit = 7,
                            .backward = backward};
            std::size_t pages = 0;
            do {
                const ListPage page = ok(shown->list(query));
                EXPECT_LE(page.rows_examined, 6 * (page.items.size() + 2 * 5));
                query.after = backward ? page.prev : page.next;
                ++pages;
            } while (!query.after.empty());
            EXPECT_EQ(pages, 29U);
        }
}

// Only our own cursors are ever followed, but their bytes are not signed.
TEST(Lists, SurviveAPlaceThatIsNone) {
    Books books;
    add_invoices(books, 1'000, 3);
    const auto shown = books.now();
    const std::string long_text = "1" + std::string(40, '\xff');
    for (const SortKey key : {SortKey::created, SortKey::number, SortKey::issued_on})
        for (const std::string& place : {std::string("1"), std::string("2"), std::string("1\0", 2),
                                         std::string("x"), long_text, "2" + long_text})
            for (const bool backward : {false, true})
                EXPECT_LE(ok(shown->list({.kind = EntityKind::invoice,
                                          .sort = {{key, backward}, {SortKey::due_on}},
                                          .after = place,
                                          .backward = backward}))
                              .items.size(),
                          3U);
}

} // namespace
} // namespace daybook::tests
