// The books of a line as deciders see them: the same from memory, from rows not yet durable, and
// from the log after a restart.
#include "engine/command/line_books.h"
#include "engine/domain/claims.h"
#include "tests/engine/command/desk.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using command::LineBooks;

const EntityRef kThisClient{EntityKind::client, kClient.value};

// Applies events to the books without writing them, as a group that is under way does.
class Pending {
  public:
    explicit Pending(LineBooks& books) : books_(books) {}

    Result<std::vector<log::IndexPut>> apply(EntityRef thing, Event event) {
        Envelope envelope;
        envelope.revision = books_.head() + 1;
        envelope.commit_last = envelope.revision;
        envelope.entity = thing;
        envelope.entity_version = books_.version_of(thing) + 1;
        envelope.recorded_at = {books_.last_recorded_at().micros + 1};
        return books_.apply({envelope, std::move(event)});
    }

  private:
    LineBooks& books_;
};

LineBooks books_of(const Desk& desk) { return ok(LineBooks::open(desk.log, desk.line())); }

TEST(LineBooks, AreFoldedFromTheLog) {
    Desk desk;
    desk.open_books(2);
    committed(desk.ask(asking(issue(2))));
    const LineBooks books = books_of(desk);
    EXPECT_EQ(books.head(), desk.head());
    EXPECT_EQ(books.last_recorded_at(), desk.record(desk.head()).envelope.recorded_at);
    EXPECT_EQ(books.version_of(kThisClient), 1U);
    ASSERT_NE(books.find(kThisClient), nullptr);
    EXPECT_EQ(books.find({EntityKind::client, uuid(4'711)}), nullptr);
    EXPECT_EQ(books.all(EntityKind::invoice),
              (std::vector{invoice_id(1).value, invoice_id(2).value}));
    EXPECT_EQ(books.series_position(kInvoiceSeries, "2026").last, 1U);
    EXPECT_EQ(books.series_last_issued_on(kInvoiceSeries), kToday);
    EXPECT_EQ(books.series_last_issued_on(kCreditNoteSeries), std::nullopt);
    EXPECT_TRUE(books.has_documents());
    EXPECT_FALSE(books.take_trouble());
}

TEST(LineBooks, SeeWhatIsNotYetDurable) {
    Desk desk;
    desk.open_books();
    LineBooks books = books_of(desk);
    Pending pending(books);
    ClientProfile coded = business("Martin");
    coded.party.code = "M-1";
    const EntityRef other{EntityKind::client, kOtherClient.value};
    ok(pending.apply(other, ClientCreated{coded}));
    EXPECT_EQ(books.version_of(other), 1U);
    EXPECT_EQ(books.all(EntityKind::client), (std::vector{kClient.value, kOtherClient.value}));
    EXPECT_EQ(books.claimant(domain::client_code_claim("m-1")), other);
    EXPECT_EQ(ok(books.record_at(books.head())).entity, other);
    EXPECT_EQ(books.head(), desk.head() + 1);
    EXPECT_FALSE(books.has_documents());
}

TEST(LineBooks, GiveAClaimUpWithTheCodeThatMadeIt) {
    Desk desk;
    desk.open_books();
    LineBooks books = books_of(desk);
    Pending pending(books);
    ClientChanged coded, uncoded;
    coded.profile = uncoded.profile = business("Dupont SA");
    coded.profile.party.code = "D-1";
    ok(pending.apply(kThisClient, coded));
    EXPECT_EQ(books.claimant(domain::client_code_claim("D-1")), kThisClient);
    const auto rows = ok(pending.apply(kThisClient, uncoded));
    EXPECT_EQ(books.claimant(domain::client_code_claim("D-1")), std::nullopt);
    const auto given_up = std::ranges::count_if(rows, [](const log::IndexPut& row) {
        return row.index == log::Index::claim && !row.value;
    });
    EXPECT_EQ(given_up, 1);
}

TEST(LineBooks, ReturnAThingToAVersionInTheLog) {
    Desk desk;
    desk.open_books();
    committed(desk.ask(asking(domain::ChangeClient{kClient, business("Renamed")})));
    LineBooks books = books_of(desk);
    Pending pending(books);
    ok(pending.apply(kThisClient, Returned{1}));
    EXPECT_EQ(std::get<domain::ClientState>(*books.find(kThisClient)).profile.party.name,
              "Dupont SA");
    EXPECT_EQ(books.version_of(kThisClient), 3U);
    ok(pending.apply(kThisClient, Returned{0}));
    EXPECT_EQ(books.find(kThisClient), nullptr);
    EXPECT_EQ(books.version_of(kThisClient), 4U);
    EXPECT_TRUE(books.all(EntityKind::client).empty());
}

TEST(LineBooks, NeverTakeACounterBack) {
    Desk desk;
    desk.open_books(1);
    committed(desk.ask(asking(issue(1))));
    LineBooks books = books_of(desk);
    Pending pending(books);
    ok(pending.apply({EntityKind::invoice, invoice_id(1).value}, Returned{0}));
    EXPECT_EQ(books.series_position(kInvoiceSeries, "2026").last, 1U);
    const EntityRef series{EntityKind::series, kInvoiceSeries.value};
    ok(pending.apply(series, SeriesAdvanced{"2026", 2, 112, {}}));
    EXPECT_EQ(books.series_position(kInvoiceSeries, "2026").last, 112U);
    EXPECT_EQ(books.series_position(kInvoiceSeries, "2027").last, 0U);
    EXPECT_EQ(books.series_last_issued_on(kInvoiceSeries), kToday);
}

TEST(LineBooks, KnowWhatTouchedAnInvoice) {
    Desk desk;
    desk.open_books(1);
    LineBooks books = books_of(desk);
    Pending pending(books);
    const EntityRef payment{EntityKind::payment, uuid(5'000)};
    Receipt receipt{.client_id = kClient,
                    .currency = {"EUR"},
                    .amount = amount("10.00"),
                    .received_on = kToday};
    receipt.allocations = {{.invoice_id = invoice_id(1), .amount = amount("10.00")}};
    ok(pending.apply(payment, PaymentRecorded{receipt}));
    EXPECT_EQ(books.touching({EntityKind::invoice, invoice_id(1).value}), std::vector{payment});
    EXPECT_TRUE(books.touching({EntityKind::invoice, invoice_id(2).value}).empty());
    EXPECT_TRUE(books.has_documents());
}

TEST(LineBooks, RememberKeysUntilTheLogHoldsThem) {
    Desk desk;
    desk.open_books();
    LineBooks books = books_of(desk);
    books.remember({log::Index::command, "key", "value"});
    EXPECT_EQ(books.find_command("key"), "value");
    books.settle(); // The log was said to hold it; this one does not.
    EXPECT_EQ(books.find_command("key"), std::nullopt);
}

} // namespace
} // namespace daybook::tests
