// Going back: what returns, what stays and why, and that it can be taken back itself.
#include "engine/domain/going_back.h"

#include "engine/domain/balance.h"
#include "engine/domain/settled.h"
#include "events/base/reflect.h"
#include "tests/support/given_when_then.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

const ProductId kProduct = id<ProductId>(60);

EntityRef thing(InvoiceId invoice) { return {EntityKind::invoice, invoice.value}; }
EntityRef thing(ClientId client) { return {EntityKind::client, client.value}; }
EntityRef thing(PaymentId payment) { return {EntityKind::payment, payment.value}; }
EntityRef thing(ProductId product) { return {EntityKind::product, product.value}; }

Revision head(const Story& story) { return story.books().timeline().head(); }

RollBack back_to(Revision to, std::vector<EntityRef> entities = {}) {
    return {
        .to = to, .entities = std::move(entities), .reason = "a mistake", .first_id = uuid(77'000)};
}
UndoCommit undo(Revision commit) { return {.commit = commit, .reason = "after all"}; }

CreateClient client(std::uint32_t n, std::string code = {}) {
    CreateClient command{id<ClientId>(n), business("Client " + std::to_string(n))};
    command.profile.party.code = std::move(code);
    return command;
}
CreateProduct product(ProductId id, std::string code) {
    return {id, {.code = std::move(code), .names = {{"fr", "Vis"}}}};
}
RecordPayment pay(std::uint32_t n, std::string_view sum, InvoiceId invoice = invoice_id()) {
    return {.id = id<PaymentId>(5000 + n),
            .client_id = kClient,
            .amount = decimal(sum),
            .received_on = kToday,
            .method = "transfer",
            .allocations = {{id<AllocationId>(6000 + n), invoice, decimal(sum)}}};
}

// Why each thing that was asked for stays, by its id.
std::string why(const Story& story, const RollBack& command, EntityRef thing) {
    const auto made = plan(story.books(), command, {kCompany, story.today()});
    if (!made)
        return "refused: " + describe(made.error());
    for (const Stays& stays : made->kept)
        if (stays.thing == thing)
            return enum_name(stays.because.why);
    for (const GoesBack& back : made->returned)
        if (back.thing == thing)
            return "returns to " + std::to_string(back.to_version);
    return "untouched";
}

std::vector<std::string> obstacles(const Refusal& refusal) {
    std::vector<std::string> texts;
    for (const Obstacle& obstacle : refusal.things)
        texts.push_back(std::string(enum_name(obstacle.thing.kind)) + ": " + obstacle.detail);
    return texts;
}

// ---- what returns ------------------------------------------------------------------------------

TEST(RollBack, TakesThingsBackToWhatTheyWereAndSaysSo) {
    Story story;
    ClientProfile renamed = business("Dupond SA");
    const Revision before = head(story);
    story.accepts(ChangeClient{kClient, renamed});
    story.accepts(client(50));
    story.accepts(draft());
    const History events = story.accepts(back_to(before));

    ASSERT_EQ(events.size(), 4U);
    const auto told = only<CompanyRolledBack>(events);
    EXPECT_EQ(told.to, before);
    EXPECT_EQ(told.returned_count, 3U);
    EXPECT_EQ(told.kept_count, 0U);
    EXPECT_EQ(events.front().thing, (EntityRef{EntityKind::timeline, kCompany.value}));
    EXPECT_EQ(story.books().client(kClient)->profile.party.name, "Dupont SA");
    EXPECT_EQ(story.books().client(id<ClientId>(50)), nullptr);
    EXPECT_EQ(story.books().invoice(invoice_id()), nullptr);
}

TEST(RollBack, ToThePresentWritesNothing) {
    Story story;
    story.accepts(draft());
    EXPECT_TRUE(story.accepts(back_to(head(story))).empty());
}

TEST(RollBack, OfThingsThatAreAlreadyAsTheyWereWritesNothing) {
    Story story;
    const Revision before = head(story);
    story.accepts(draft());
    story.accepts(back_to(before));
    EXPECT_TRUE(story.accepts(back_to(before)).empty());
}

TEST(RollBack, OfChosenThingsLeavesTheOthers) {
    Story story;
    const Revision before = head(story);
    story.accepts(ChangeClient{kClient, business("Dupond SA")});
    story.accepts(ChangeClient{kOtherClient, business("Martine SA")});
    story.accepts(back_to(before, {thing(kClient)}));
    EXPECT_EQ(story.books().client(kClient)->profile.party.name, "Dupont SA");
    EXPECT_EQ(story.books().client(kOtherClient)->profile.party.name, "Martine SA");
}

TEST(RollBack, IsItselfTakenBackToAnyDepth) {
    Story story;
    const Revision before = head(story);
    story.accepts(draft());
    story.accepts(client(50));
    story.accepts(back_to(before));
    const Revision first = head(story);
    story.accepts(undo(first));
    EXPECT_NE(story.books().invoice(invoice_id()), nullptr);
    const Revision second = head(story);
    story.accepts(undo(second));
    EXPECT_EQ(story.books().invoice(invoice_id()), nullptr);
    story.accepts(undo(head(story)));
    EXPECT_NE(story.books().invoice(invoice_id()), nullptr);
    EXPECT_NE(story.books().client(id<ClientId>(50)), nullptr);
}

// ---- what stays --------------------------------------------------------------------------------

TEST(RollBack, KeepsIssuedInvoicesAndWhatTheyName) {
    Story story;
    const Revision before = head(story);
    story.accepts(client(50));
    DraftInvoice command = draft();
    command.input.document.client_id = id<ClientId>(50);
    story.accepts(command);
    story.accepts(issue());
    story.accepts(draft(2));
    const RollBack back = back_to(before);
    EXPECT_EQ(why(story, back, thing(invoice_id())), "fact");
    EXPECT_EQ(why(story, back, thing(id<ClientId>(50))), "referred_to");
    EXPECT_EQ(why(story, back, thing(invoice_id(2))), "returns to 0");
    story.accepts(back);
    EXPECT_NE(story.books().client(id<ClientId>(50)), nullptr);
    EXPECT_EQ(story.books().invoice(invoice_id(2)), nullptr);
}

TEST(RollBack, ReturnsTheContentOfWhatAKeptThingNames) {
    Story story;
    const Revision before = head(story);
    story.accepts(ChangeClient{kClient, business("Dupond SA")});
    story.accepts(draft());
    story.accepts(issue());
    story.accepts(back_to(before));
    EXPECT_EQ(story.books().client(kClient)->profile.party.name, "Dupont SA");
    EXPECT_EQ(story.books().invoice(invoice_id())->content.buyer->name, "Dupond SA");
}

TEST(RollBack, KeepsMoneyFacts) {
    Story story;
    story.accepts(draft());
    story.accepts(issue());
    const Revision before = head(story);
    story.accepts(pay(1, "100"));
    story.accepts(WriteOffInvoice{invoice_id(), id<WriteOffId>(1), decimal("1"), {}, {}, "a cent"});
    const RollBack back = back_to(before);
    EXPECT_EQ(why(story, back, thing(id<PaymentId>(5001))), "fact");
    EXPECT_EQ(why(story, back, thing(invoice_id())), "fact");
    EXPECT_TRUE(story.accepts(back).empty()); // There is nothing else to take back.
}

TEST(RollBack, KeepsNumbersAndLocks) {
    Story story;
    const Revision before = head(story);
    story.accepts(
        DefineSeries{id<SeriesId>(70), {.pattern = "WEB-{n:6}", .reset = SeriesReset::never}});
    story.accepts(LockPeriod{uuid(71), date("2026-01-31"), "month end"});
    const RollBack back = back_to(before);
    EXPECT_EQ(why(story, back, {EntityKind::series, uuid(70)}), "never_returns");
    EXPECT_EQ(why(story, back, {EntityKind::period, uuid(71)}), "fact");
}

TEST(RollBack, KeepsAProductWhoseCodeAnotherHasTakenSince) {
    Story story;
    story.accepts(product(kProduct, "A-1"));
    const Revision before = head(story);
    story.accepts(ChangeProduct{kProduct, product(kProduct, "A-2").profile});
    const Revision between = head(story);
    story.accepts(product(id<ProductId>(61), "a-1"));
    // Both go: the code is free again.
    EXPECT_EQ(why(story, back_to(before), thing(kProduct)), "returns to 1");
    // Only the first is asked to: the second still has it.
    EXPECT_EQ(why(story, back_to(before, {thing(kProduct)}), thing(kProduct)), "code_taken");
    EXPECT_EQ(why(story, back_to(between), thing(kProduct)), "untouched");
}

TEST(RollBack, KeepsTheBaseCurrencyThatDocumentsBear) {
    CompanyProfile swiss = french_company();
    swiss.base_currency = {"CHF"};
    Story story(open_books(swiss));
    const Revision before = head(story);
    story.accepts(ChangeCompany{kCompany, french_company()});
    story.accepts(draft());
    story.accepts(issue());
    EXPECT_EQ(why(story, back_to(before), {EntityKind::company, kCompany.value}),
              "base_currency_frozen");
}

TEST(RollBack, DoesNotReturnADraftWhoseProductIsGoneForGood) {
    Story story;
    story.accepts(product(kProduct, "A-1"));
    DraftInvoice command = draft();
    command.input.document.lines[0].product_id = kProduct;
    story.accepts(command);
    const Revision before = head(story);
    story.happens({thing(invoice_id()), Returned{0}, {}, {}});
    story.happens({thing(kProduct), Returned{0}, {}, {}});
    story.accepts(product(id<ProductId>(61), "A-1"));
    EXPECT_EQ(why(story, back_to(before, {thing(kProduct), thing(invoice_id())}), thing(kProduct)),
              "code_taken");
    EXPECT_EQ(
        why(story, back_to(before, {thing(kProduct), thing(invoice_id())}), thing(invoice_id())),
        "refers_to_missing");
}

// ---- locked days -------------------------------------------------------------------------------

TEST(RollBack, IsRefusedWhereALockedDayWouldChange) {
    Story story;
    const Revision before = head(story);
    Imported imported;
    imported.frozen.document = document_of(french_walk());
    imported.frozen.document.issued_on = date("2026-01-15");
    story.happens(happened(EntityKind::invoice, invoice_id(9).value, InvoiceImported{imported}));
    story.happens(locked_through(date("2026-01-31")));
    const Refusal refusal = story.refuses(back_to(before), Code::period_locked);
    EXPECT_EQ(obstacles(refusal), (std::vector<std::string>{"invoice: issued on 2026-01-15"}));
    // A draft books nothing, whatever date it bears.
    story.accepts(draft());
    const Revision drafted = head(story);
    story.accepts(ChangeClient{kClient, business("Dupond SA")});
    EXPECT_FALSE(story.accepts(back_to(drafted)).empty());
}

// ---- crediting ---------------------------------------------------------------------------------

TEST(RollBack, CreditsTheInvoicesItMayNotTakeBack) {
    Story story;
    story.accepts(draft(1));
    const Revision before = head(story);
    story.accepts(issue(1));
    story.accepts(draft(2));
    story.accepts(issue(2));
    story.accepts(pay(1, "100"));
    RollBack back = back_to(before);
    back.issued = IssuedPolicy::credit;
    const History events = story.accepts(back);
    std::vector<std::string> numbers;
    for (const NewEvent& event : events)
        if (const auto* issued = std::get_if<CreditNoteIssued>(&event.event))
            numbers.push_back(issued->frozen.number);
    EXPECT_EQ(numbers, (std::vector<std::string>{"AV-2026-000001", "AV-2026-000002"}));
    EXPECT_EQ(due_now(story.books(), invoice_id(1)), Amount{});
    EXPECT_EQ(due_now(story.books(), invoice_id(2)), Amount{});
    EXPECT_EQ(only<CompanyRolledBack>(events).credited_count, 2U);
}

TEST(RollBack, CreditsNothingTwice) {
    Story story;
    const Revision before = head(story);
    story.accepts(draft());
    story.accepts(issue());
    RollBack back = back_to(before);
    back.issued = IssuedPolicy::credit;
    story.accepts(back);
    back.first_id = uuid(78'000);
    EXPECT_TRUE(story.accepts(back).empty());
}

// ---- what is refused ---------------------------------------------------------------------------

TEST(RollBack, NeedsATargetThatIsACommitEndOfThePast) {
    Story story;
    story.happens(happened(EntityKind::client, uuid(50), ClientCreated{business("x")}));
    const Revision before = head(story);
    RollBack back = back_to(before);
    back.issued = IssuedPolicy::credit;
    story.accepts(draft());
    story.accepts(issue());
    story.accepts(back); // One commit of several events.
    const Refusal future = story.refuses(back_to(head(story) + 1), Code::as_of_in_future);
    EXPECT_EQ(fault_at(future, "/to/revision"), "as_of_in_future");
    story.refuses(back_to(0), Code::not_yet_created);
    story.refuses(back_to(head(story) - 1), Code::inside_commit);
}

TEST(RollBack, NeedsAReason) {
    Story story;
    RollBack back = back_to(1);
    back.reason = " ";
    story.refuses(back, Code::reason_required);
}

TEST(RollBack, NamesThingsThatNeverWere) {
    Story story;
    const Refusal refusal = story.refuses(
        back_to(head(story), {thing(kClient), thing(id<ClientId>(999))}), Code::invalid_input);
    EXPECT_EQ(fault_at(refusal, "/entities/1"), "not_found");
}

TEST(RollBack, IsRefusedWhenTheBooksMovedOnSinceThePreview) {
    Story story;
    const Revision before = head(story);
    story.accepts(draft());
    RollBack back = back_to(before);
    back.expected_revision = head(story);
    story.accepts(client(50));
    story.refuses(back, Code::stale_revision);
}

// ---- undo --------------------------------------------------------------------------------------

TEST(UndoCommit, TakesBackOneCommitAndNoOther) {
    Story story;
    story.accepts(ChangeClient{kClient, business("Dupond SA")});
    const Revision renamed = head(story);
    story.accepts(draft());
    const History events = story.accepts(undo(renamed));
    EXPECT_EQ(story.books().client(kClient)->profile.party.name, "Dupont SA");
    EXPECT_NE(story.books().invoice(invoice_id()), nullptr);
    EXPECT_EQ(only<CompanyRolledBack>(events).undoes, renamed);
}

TEST(UndoCommit, IsRefusedWhenItsThingChangedLater) {
    Story story;
    story.accepts(ChangeClient{kClient, business("Dupond SA")});
    const Revision renamed = head(story);
    story.accepts(ChangeClient{kClient, business("Dupons SA")});
    const Refusal refusal = story.refuses(undo(renamed), Code::depended_on);
    EXPECT_EQ(obstacles(refusal), (std::vector<std::string>{"client: changed later"}));
}

TEST(UndoCommit, IsRefusedWhenALaterThingNamesItsThing) {
    Story story;
    story.accepts(client(50));
    const Revision created = head(story);
    DraftInvoice command = draft();
    command.input.document.client_id = id<ClientId>(50);
    story.accepts(command);
    const Refusal refusal = story.refuses(undo(created), Code::depended_on);
    ASSERT_EQ(refusal.things.size(), 1U);
    EXPECT_EQ(refusal.things[0].thing, thing(invoice_id()));
}

TEST(UndoCommit, IsRefusedForFactsWhichHaveInversesOfTheirOwn) {
    Story story;
    story.accepts(draft());
    story.accepts(issue());
    const Refusal refusal = story.refuses(undo(head(story)), Code::irrevocable);
    EXPECT_EQ(obstacles(refusal), (std::vector<std::string>{"invoice: InvoiceIssued"}));
    story.refuses(undo(1), Code::irrevocable); // The company's own beginning.
    story.refuses(undo(head(story) + 1), Code::out_of_range);
}

TEST(UndoCommit, OfARollbackKeepsTheWorkThatWasDoneSince) {
    Story story;
    const Revision before = head(story);
    story.accepts(draft());
    story.accepts(back_to(before));
    const Revision rolled_back = head(story);
    story.accepts(client(50));
    story.accepts(undo(rolled_back));
    EXPECT_NE(story.books().invoice(invoice_id()), nullptr);
    EXPECT_NE(story.books().client(id<ClientId>(50)), nullptr);
}

TEST(UndoCommit, OfARollbackThatIssuedCreditNotesKeepsThem) {
    Story story;
    const Revision before = head(story);
    story.accepts(draft(1));
    story.accepts(issue(1));
    story.accepts(draft(2));
    RollBack back = back_to(before);
    back.issued = IssuedPolicy::credit;
    story.accepts(back);
    story.accepts(undo(head(story)));
    EXPECT_NE(story.books().invoice(invoice_id(2)), nullptr);   // The draft is back,
    EXPECT_EQ(due_now(story.books(), invoice_id(1)), Amount{}); // the credit note still there.
}

} // namespace
} // namespace daybook::tests
