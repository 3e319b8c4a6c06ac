// What happens to views when disks, crashes, other logs and unreadable events happen to them.
#include "events/catalogue.h"
#include "tests/projections/naive_queries.h"
#include "tests/projections/random_history.h"
#include "tests/projections/views_fixture.h"

#include <gtest/gtest.h>
#include <iostream>
#include <random>

namespace daybook::tests {
namespace {

constexpr std::uint32_t kSeed = 20'260'331; // Histories of this file are the same in every run.

Dice seeded_dice(std::uint32_t seed = kSeed) {
    return [generator = std::mt19937(seed)](std::uint32_t bound) mutable {
        return static_cast<std::uint32_t>(generator() % bound);
    };
}

void live_through(Books& books, RandomHistory& random, int commits) {
    for (int i = 0; i < commits; ++i)
        books.commit(random.next_commit());
}

Hash hash_of(const Books& books) { return ok(books.now()->state_hash()); }

Happened client_created(std::uint32_t n = 1) {
    return {{EntityKind::client, uuid(n)}, ClientCreated{business("Dupont")}};
}

TEST(Views, BeginEmptyBesideAnEmptyLog) {
    Books books;
    EXPECT_EQ(books.now()->revision(), 0U);
    EXPECT_EQ(ok(books.now()->summary(kToday)).clients, 0U);
    EXPECT_EQ(books.views->lag().behind, 0U);
    books.commit({client_created()});
    EXPECT_EQ(ok(books.now()->summary(kToday)).clients, 1U);
}

TEST(Views, DoNotShowTheInstancesOwnLine) {
    Books books;
    Ledger instance(books.log, log::kInstanceLine);
    const auto committed = instance.commit({client_created()});
    books.views->apply(log::kInstanceLine, committed.events, committed.root);
    books.catch_up();
    EXPECT_EQ(ok(books.views->snapshot(log::kInstanceLine))->revision(), 0U);
    EXPECT_EQ(books.views->lag().behind, 0U);
}

TEST(Views, KeepLinesApart) {
    Books books;
    Ledger other(books.log, 2);
    books.commit({client_created(1)});
    other.commit({client_created(1), client_created(2)});
    books.catch_up();
    EXPECT_EQ(ok(books.now()->summary(kToday)).clients, 1U);
    EXPECT_EQ(ok(ok(books.views->snapshot(2))->summary(kToday)).clients, 2U);
}

TEST(Views, ResolveMomentsToCommitEnds) {
    Books books;
    books.commit({client_created(1)});
    books.commit({client_created(2), client_created(3), client_created(4)});
    books.commit({client_created(5)});
    const auto& history = books.ledger.history();
    EXPECT_EQ(books.at(0)->revision(), 0U);
    EXPECT_EQ(books.at(3)->revision(), 1U);
    EXPECT_EQ(books.at(4)->revision(), 4U);
    EXPECT_EQ(books.at(99)->revision(), 5U);
    using Range = std::pair<Revision, Revision>;
    EXPECT_EQ(ok(books.views->commit_of(kLine, 3)), (Range{2, 4}));
    EXPECT_EQ(ok(books.views->commit_of(kLine, 5)), (Range{5, 5}));
    EXPECT_EQ(kind_of_failure(books.views->commit_of(kLine, 6)), ErrorKind::invalid);
    EXPECT_EQ(kind_of_failure(books.views->commit_of(kLine, 0)), ErrorKind::invalid);
    for (std::size_t commit = 1; commit < history.size(); ++commit) {
        const Timestamp at = history[commit].recorded_at;
        EXPECT_EQ(ok(books.views->revision_at(kLine, at)), history[commit].revision);
        EXPECT_EQ(ok(books.views->revision_at(kLine, {at.micros - 1})),
                  history[commit - 1].revision);
    }
    EXPECT_EQ(ok(books.views->revision_at(kLine, {INT64_MAX})), 5U);
}

TEST(Views, AreBuiltAgainWhenTheirDirectoryBelongsToAnotherLog) {
    Books books;
    Books stranger;
    RandomHistory random(books.ledger, seeded_dice());
    RandomHistory other(stranger.ledger, seeded_dice(7));
    live_through(books, random, 30);
    live_through(stranger, other, 20);
    const Hash hash = hash_of(books);
    books.close();
    stranger.close();
    copy_as_after_a_crash(stranger.views_path(), books.views_path());
    books.open();
    EXPECT_EQ(hash_of(books), hash);
    EXPECT_EQ(books.now()->revision(), books.ledger.now().revision);
}

TEST(Views, AreBuiltAgainWhenTheyAreAheadOfTheLog) {
    Books books;
    books.commit({client_created(1)});
    Books longer;
    longer.commit({client_created(1)});
    longer.commit({client_created(2)});
    books.close();
    longer.close();
    copy_as_after_a_crash(longer.views_path(), books.views_path());
    books.open();
    EXPECT_EQ(books.now()->revision(), 1U);
}

TEST(Views, AreBuiltAgainForAnotherRealm) {
    Books books;
    books.commit({client_created()});
    const std::string before = books.store_path();
    books.open(uuid(78));
    EXPECT_NE(books.store_path(), before);
    EXPECT_EQ(ok(books.now()->summary(kToday)).clients, 1U);
    EXPECT_FALSE(std::filesystem::exists(before));
}

TEST(Views, OfTheSameLogAreKept) {
    Books books;
    books.commit({client_created()});
    const std::string before = books.store_path();
    books.open();
    EXPECT_EQ(books.store_path(), before);
}

TEST(Views, AreBuiltAgainWhenAFileOfTheirsIsDamaged) {
    Books books;
    RandomHistory random(books.ledger, seeded_dice());
    live_through(books, random, 30);
    const Hash hash = hash_of(books);
    const auto shorten = [](const std::string& path) { std::filesystem::resize_file(path, 10); };
    const auto remove = [](const std::string& path) { std::filesystem::remove(path); };
    for (const auto damage : {+shorten, +remove}) {
        books.close();
        for (const auto& entry : std::filesystem::directory_iterator(books.store_path()))
            if (entry.path().filename().string().starts_with("MANIFEST"))
                damage(entry.path().string());
        books.open();
        EXPECT_EQ(hash_of(books), hash);
    }
}

TEST(Views, LoseNoMoreThanTheirTailInACrash) {
    Books books;
    RandomHistory random(books.ledger, seeded_dice());
    live_through(books, random, 20);
    books.open(); // What was shown so far is in files now.
    const std::string store = books.store_path();
    live_through(books, random, 20);
    const Hash hash = hash_of(books);
    TempDirectory crashed;
    copy_as_after_a_crash(books.views_path(), crashed / "views");
    books.close();
    const auto rows = books.dump();
    copy_as_after_a_crash(crashed / "views", books.views_path());
    books.views =
        ok(projections::open_views(books.files, books.directory.path(), kRealm, books.log));
    EXPECT_EQ(books.store_path(), store); // It is gone on with.
    const Revision lost = books.views->lag().behind;
    EXPECT_GT(lost, 0U);
    EXPECT_LT(lost, books.ledger.now().revision);
    books.catch_up();
    EXPECT_EQ(hash_of(books), hash);
    books.close();
    EXPECT_EQ(books.dump(), rows);
}

TEST(Views, KeepWhatWasPinnedThroughWritesAndARebuild) {
    Books books;
    RandomHistory random(books.ledger, seeded_dice());
    live_through(books, random, 25);
    const auto pinned = books.now();
    const Hash hash = ok(pinned->state_hash());
    const std::string replaced = books.store_path();
    live_through(books, random, 10);
    ok(books.views->rebuild([](const projections::Progress&) {}));
    live_through(books, random, 10);
    EXPECT_EQ(ok(pinned->state_hash()), hash);
    EXPECT_TRUE(std::filesystem::exists(replaced));
    EXPECT_NE(hash_of(books), hash);
}

TEST(Views, RemoveAReplacedStoreWithItsLastReader) {
    Books books;
    books.commit({client_created()});
    auto pinned = books.now();
    const std::string replaced = books.store_path();
    ok(books.views->rebuild([](const projections::Progress&) {}));
    EXPECT_TRUE(std::filesystem::exists(replaced));
    pinned.reset();
    EXPECT_FALSE(std::filesystem::exists(replaced));
    EXPECT_TRUE(std::filesystem::exists(books.store_path()));
}

TEST(Views, TellHowFarARebuildIs) {
    Books books;
    RandomHistory random(books.ledger, seeded_dice());
    live_through(books, random, 10);
    std::vector<std::uint64_t> done;
    ok(books.views->rebuild([&](const projections::Progress& progress) {
        EXPECT_EQ(progress.total, books.ledger.now().revision);
        done.push_back(progress.done);
    }));
    EXPECT_TRUE(std::ranges::is_sorted(done));
    EXPECT_EQ(done.back(), books.ledger.now().revision);
}

// ---- events that cannot be shown -------------------------------------------------------------

// A record of a type that this release does not know.
void append_unreadable(Books& books, log::LineNumber line) {
    const auto head = ok(books.log.head(line));
    Envelope envelope;
    envelope.revision = envelope.commit_first = envelope.commit_last = head.revision + 1;
    envelope.entity = {EntityKind::client, uuid(1)};
    envelope.entity_version = 2;
    std::string record = encode_record(envelope, ClientArchived{});
    const auto name = record.find("ClientArchived");
    ASSERT_NE(name, std::string::npos);
    record.replace(name, 14, "ClientExploded");
    log::Commit commit{.line = line, .expected_head = head.revision, .records = {record}};
    ok(books.log.append({&commit, 1}));
}

TEST(Views, NameTheEventThatStopsALineAndGoOnWithTheOthers) {
    Books books;
    Ledger other(books.log, 2);
    books.commit({client_created(1)});
    append_unreadable(books, kLine);
    other.commit({client_created(1)});
    other.commit({client_created(2)});
    books.catch_up();
    EXPECT_EQ(books.now()->revision(), 1U);
    EXPECT_EQ(ok(books.views->snapshot(2))->revision(), 2U);
    const projections::Lag lag = books.views->lag();
    EXPECT_EQ(lag.behind, 1U);
    EXPECT_NE(lag.trouble.find("line 1"), std::string::npos) << lag.trouble;
    EXPECT_NE(lag.trouble.find("revision 2"), std::string::npos) << lag.trouble;
    EXPECT_NE(lag.trouble.find("ClientExploded"), std::string::npos) << lag.trouble;
}

TEST(Views, StopAtAnEventThatDoesNotFitItsThing) {
    Books books;
    books.commit({client_created(1)});
    Envelope envelope;
    envelope.revision = envelope.commit_first = envelope.commit_last = 2;
    envelope.entity = {EntityKind::client, uuid(1)};
    envelope.entity_version = 2;
    log::Commit commit{
        .line = kLine, .expected_head = 1, .records = {encode_record(envelope, InvoiceVoided{})}};
    const auto root = ok(books.log.append({&commit, 1})).front().root;
    const std::vector events{ok(decode_record(commit.records.front()))};
    books.views->apply(kLine, events, root);
    EXPECT_EQ(books.now()->revision(), 1U);
    EXPECT_NE(books.views->lag().trouble.find("InvoiceVoided"), std::string::npos);
}

// ---- going back ------------------------------------------------------------------------------

TEST(Views, TakeBackExactlyWhatAPartPaidInvoiceOwedWhenItIsADraftAgain) {
    Books books;
    const EntityRef invoice{EntityKind::invoice, uuid(10)};
    Document document = document_of(french_walk());
    document.issued_on = document.due_on = kToday;
    Frozen frozen{.document = document, .number = "FA-1"};
    frozen.totals.payable = frozen.totals.total = amount("10.00");
    books.commit({{invoice, InvoiceDrafted{.document = document}}});
    books.commit({{invoice, InvoiceIssued{frozen}}});
    const Allocation part{.invoice_id = {invoice.id}, .amount = amount("4.00")};
    const Receipt receipt{.client_id = kClient,
                          .currency = {"EUR"},
                          .amount = amount("4.00"),
                          .received_on = kToday,
                          .allocations = {part}};
    books.commit({{{EntityKind::payment, uuid(11)}, PaymentRecorded{receipt}}});
    ASSERT_EQ(ok(books.now()->summary(kToday)).receivable.front().amount, "6.00");
    books.commit({{invoice, Returned{1}}}); // The payment stays, whatever a rollback would choose.
    EXPECT_TRUE(ok(books.now()->summary(kToday)).receivable.empty());
    books.commit({{invoice, Returned{2}}});
    EXPECT_EQ(ok(books.now()->summary(kToday)).receivable.front().amount, "6.00");
}

// ---- what a commit costs ---------------------------------------------------------------------

std::vector<Happened> commands_on_one_thing(std::uint32_t n) {
    const EntityRef client{EntityKind::client, uuid(n + 1)};
    const EntityRef product{EntityKind::product, uuid(n + 2)};
    const EntityRef invoice{EntityKind::invoice, uuid(n + 3)};
    const EntityRef payment{EntityKind::payment, uuid(n + 4)};
    Document document = document_of(french_walk());
    document.due_on = date("2026-04-30");
    Frozen frozen{.document = document,
                  .series_id = kInvoiceSeries,
                  .sequence = n,
                  .number = "FA-" + std::to_string(n)};
    frozen.document.issued_on = kToday; // Not the day of the draft: it moves in order of date.
    frozen.totals.payable = frozen.totals.total = amount("1252.75");
    const Receipt receipt{.client_id = kClient,
                          .currency = {"EUR"},
                          .amount = amount("1252.75"),
                          .received_on = kToday};
    const Allocation whole{.id = id<AllocationId>(n),
                           .invoice_id = {invoice.id},
                           .amount = receipt.amount,
                           .paid_amount = receipt.amount};
    return {
        {client, ClientCreated{business("Dupont")}},
        {client, ClientChanged{business("Dupond")}},
        {product, ProductCreated{{.code = "P" + std::to_string(n), .names = {{"fr", "Vis"}}}}},
        {invoice, InvoiceDrafted{.document = document}},
        {invoice, InvoiceChanged{.document = document}},
        {invoice, InvoiceIssued{frozen}},
        {payment, PaymentRecorded{receipt}},
        {payment, PaymentAllocated{whole}},
    };
}

// Of books that go on: the first of their days and numbers begin blocks too.
TEST(Views, WriteAtMostEightKeysForACommandOnOneThing) {
    Books books;
    for (const Happened& command : commands_on_one_thing(100))
        books.commit({command});
    for (const Happened& command : commands_on_one_thing(105)) {
        const std::uint64_t before = books.views->keys_written();
        books.commit({command});
        const std::uint64_t keys = books.views->keys_written() - before;
        const std::string name(info_of(command.event).name);
        EXPECT_LE(keys, 8U) << name;
        std::cout << name << ": " << keys << " keys\n";
    }
}

TEST(Views, WriteNineKeysWhereAPaymentSettlesAnInvoiceAtOnce) {
    Books books;
    std::uint64_t keys = 0;
    for (const std::uint32_t n : {10, 20}) {
        const EntityRef invoice{EntityKind::invoice, uuid(n)};
        Document document = document_of(french_walk());
        document.issued_on = document.due_on = kToday;
        Frozen frozen{.document = document, .number = "FA-" + std::to_string(n)};
        frozen.totals.payable = frozen.totals.total = amount("10.00");
        books.commit(
            {{invoice, InvoiceDrafted{.document = document}}, {invoice, InvoiceIssued{frozen}}});
        const Allocation whole{.invoice_id = {invoice.id}, .amount = amount("10.00")};
        const Receipt receipt{.client_id = kClient,
                              .currency = {"EUR"},
                              .amount = amount("10.00"),
                              .received_on = kToday,
                              .allocations = {whole}};
        const std::uint64_t before = books.views->keys_written();
        books.commit({{{EntityKind::payment, uuid(n + 1)}, PaymentRecorded{receipt}}});
        keys = books.views->keys_written() - before;
    }
    EXPECT_LE(keys, 9U);
}

TEST(Views, BeginABlockOfNumbersOnceInTenInvoices) {
    Books books;
    const auto keys_of = [&](std::uint32_t n) {
        Frozen frozen{.document = document_of(french_walk()),
                      .number = "FA-" + std::to_string(100'000 + n)};
        const std::uint64_t before = books.views->keys_written();
        books.commit({{{EntityKind::invoice, uuid(n)}, InvoiceDrafted{}},
                      {{EntityKind::invoice, uuid(n)}, InvoiceIssued{frozen}}});
        return books.views->keys_written() - before;
    };
    for (std::uint32_t n = 0; n < 10; ++n)
        keys_of(n);
    std::uint64_t keys = 0, least = ~0ULL;
    for (std::uint32_t n = 10; n < 110; ++n) {
        const std::uint64_t own = keys_of(n);
        keys += own;
        least = std::min(least, own);
    }
    EXPECT_LE(keys, 100 * least + 11);
}

} // namespace
} // namespace daybook::tests
