// Random lives of a company, with imports, money that two things name, codes that are given up and
// taken, commits of several events, rollbacks of everything and of chosen things, and undo. After
// each command the books are valid; an undo that comes at once restores every state to the letter.
#include "engine/domain/balance.h"
#include "engine/domain/claims.h"
#include "engine/domain/credit_plan.h"
#include "engine/domain/going_back.h"
#include "engine/domain/references.h"
#include "engine/domain/settled.h"
#include "tests/support/given_when_then.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <set>

namespace daybook::tests {
namespace {

using namespace domain;

std::uint32_t roll(std::uint32_t bound) {
    return *rc::gen::resize(100, rc::gen::inRange<std::uint32_t>(0, bound));
}

// ---- a person at work --------------------------------------------------------------------------

class Keeper {
  public:
    Command next(const Story& story) {
        ++n_;
        switch (roll(18)) {
        case 0:
            return CreateClient{id<ClientId>(2'000 + n_), profile()};
        case 1:
            return ChangeClient{client(), profile()};
        case 2:
            return CreateProduct{id<ProductId>(3'000 + n_), goods()};
        case 3:
            return ChangeProduct{product(), goods()};
        case 4:
        case 5:
            return draft_of(n_);
        case 6: {
            DraftInvoice draft = draft_of(n_);
            return ChangeInvoice{invoice(), draft.input, {}};
        }
        case 7:
        case 8:
            return IssueInvoice{invoice(), {}, {}};
        case 9:
            return VoidInvoice{invoice(), "a slip"};
        case 10:
        case 11:
            return pay();
        case 12:
            return ReversePayment{.id = payment(), .reversed_on = {}, .reason = "bounced"};
        case 13:
            return CreditInvoice{.invoice_id = invoice(),
                                 .credit_note_id = id<CreditNoteId>(60'000 + n_),
                                 .allocation_id = id<AllocationId>(61'000 + n_),
                                 .all = true,
                                 .reason = "sent back"};
        case 14:
            return import();
        case 15:
            return back(story);
        case 16:
            return undo(story);
        default:
            return WriteOffInvoice{invoice(), id<WriteOffId>(n_), decimal("0.50"), {}, {},
                                   "a cent"};
        }
    }

    RollBack back(const Story& story) {
        RollBack command{.to = commit_end(story), .reason = "a mistake", .first_id = uuid(900'000)};
        command.first_id.bytes[0] = static_cast<std::uint8_t>(n_ >> 8);
        command.first_id.bytes[1] = static_cast<std::uint8_t>(n_);
        if (roll(3) == 0)
            command.issued = IssuedPolicy::credit;
        for (std::uint32_t i = roll(3); i > 0; --i)
            if (!things_.empty())
                command.entities.push_back(
                    things_[roll(static_cast<std::uint32_t>(things_.size()))]);
        return command;
    }
    void note(const History& events) {
        for (const NewEvent& event : events)
            if (event.thing.kind != EntityKind::timeline)
                things_.push_back(event.thing);
    }

  private:
    template <class Id>
    Id any(EntityKind kind) {
        std::vector<Uuid> known;
        for (const EntityRef& thing : things_)
            if (thing.kind == kind)
                known.push_back(thing.id);
        return known.empty() ? Id{uuid(1)}
                             : Id{known[roll(static_cast<std::uint32_t>(known.size()))]};
    }
    ClientId client() { return any<ClientId>(EntityKind::client); }
    ProductId product() { return any<ProductId>(EntityKind::product); }
    InvoiceId invoice() { return any<InvoiceId>(EntityKind::invoice); }
    PaymentId payment() { return any<PaymentId>(EntityKind::payment); }

    ClientProfile profile() {
        ClientProfile made = business("Client " + std::to_string(roll(5)));
        if (const auto code = roll(4))
            made.party.code = "C" + std::to_string(code);
        return made;
    }
    ProductProfile goods() {
        return {.code = "P" + std::to_string(roll(4)), .names = {{"fr", "Vis"}}};
    }
    DraftInvoice draft_of(std::uint32_t n) {
        DraftInvoice command = draft(n, {line("2", "10"), line("1", "3.33")});
        command.input.document.client_id = client();
        if (roll(2) == 0)
            command.input.document.lines[0].product_id = product();
        return command;
    }
    RecordPayment pay() {
        RecordPayment command{.id = id<PaymentId>(40'000 + n_),
                              .client_id = {},
                              .amount = decimal(roll(2) == 0 ? "10.00" : "28.00"),
                              .received_on = kToday,
                              .method = "transfer",
                              .third_party = true};
        command.client_id = client();
        command.allocations = {{id<AllocationId>(41'000 + n_), invoice(), decimal("10.00")}};
        return command;
    }
    ImportBooks import() {
        ImportBooks command;
        command.record.import_id = id<ImportId>(50'000 + n_);
        command.record.file.name = "retail.csv";
        for (std::uint32_t i = 0; i < 2; ++i) {
            ImportedDocument document;
            document.id = uuid(51'000 + 10 * n_ + i);
            document.external = {.system = "retail", .table = "t", .id = std::to_string(roll(6))};
            Frozen& frozen = document.imported.frozen;
            frozen.document = document_of({line("1", "25", "0")}, 700'000 + 10 * n_ + i);
            frozen.document.client_id = client();
            frozen.document.issued_on = date("2026-02-01");
            frozen.number = "R" + document.external.id;
            frozen.totals.total = frozen.totals.payable = frozen.totals.net = amount("25.00");
            command.documents.push_back(std::move(document));
        }
        return command;
    }
    Revision commit_end(const Story& story) {
        const Timeline& timeline = story.books().timeline();
        return timeline.commit_of(1 + roll(static_cast<std::uint32_t>(timeline.head()))).second;
    }
    UndoCommit undo(const Story& story) {
        const auto head = static_cast<std::uint32_t>(story.books().timeline().head());
        return {.commit = head - roll(std::min(head, 8U)), .reason = "after all"};
    }

    std::uint32_t n_ = 0;
    std::vector<EntityRef> things_{{EntityKind::client, kClient.value}};
};

// ---- what must hold ----------------------------------------------------------------------------

std::map<EntityRef, State> states_of(const Story& story) {
    std::map<EntityRef, State> states;
    const Timeline& timeline = story.books().timeline();
    for (const Passage& passage : timeline.passages(0, timeline.head()))
        if (const State* state = story.books().find(passage.thing);
            state && passage.thing.kind != EntityKind::timeline)
            states[passage.thing] = *state;
    return states;
}

void assert_valid(const Story& story) {
    const BooksInMemory& books = story.books();
    std::set<std::string> claims;
    std::set<std::string> numbers;
    for (const auto& [thing, state] : states_of(story)) {
        for (const EntityRef& named : references_of(state))
            RC_ASSERT(books.find(named) != nullptr);
        for (const std::string& claim : claims_of(state))
            RC_ASSERT(claims.insert(claim).second);
        if (const auto source = books.timeline().source_claim(thing))
            RC_ASSERT(claims.insert(*source).second);
        if (const auto* invoice = std::get_if<InvoiceState>(&state)) {
            const InvoiceId id{thing.id};
            const Amount open = due(*invoice, settled(books, id));
            RC_ASSERT(open >= Amount{});
            RC_ASSERT(open <= invoice->content.totals.payable);
            RC_ASSERT(credited_so_far(books, id).totals.total <= invoice->content.totals.total);
            if (invoice->stage == InvoiceStage::issued && !invoice->imported)
                RC_ASSERT(numbers.insert(invoice->content.number).second);
        }
        if (const auto* note = std::get_if<CreditNoteState>(&state)) {
            RC_ASSERT(remaining(*note) >= Amount{});
            if (!note->imported)
                RC_ASSERT(numbers.insert(note->content.number).second);
        }
        if (const auto* payment = std::get_if<PaymentState>(&state))
            RC_ASSERT(unallocated(*payment) >= Amount{});
    }
}

bool credits(const History& events) {
    return std::ranges::any_of(events, [](const NewEvent& event) {
        return std::holds_alternative<CreditNoteIssued>(event.event);
    });
}

// Every fact that was there is there, whatever went back.
std::set<EntityRef> facts_of(const Story& story) {
    std::set<EntityRef> facts;
    const Timeline& timeline = story.books().timeline();
    for (const Passage& passage : timeline.passages(0, timeline.head()))
        if (!passage.fact.empty())
            facts.insert(passage.thing);
    return facts;
}

RC_GTEST_PROP(GoingBack, LeavesValidBooksAndIsUndoneToTheLetter, ()) {
    Story story;
    Keeper keeper;
    for (std::uint32_t commands = roll(120); commands > 0; --commands) {
        const auto before = states_of(story);
        const auto facts = facts_of(story);
        const Decision decision = story.decide(keeper.next(story));
        if (!decision || decision->empty())
            continue;
        story.books().apply(*decision);
        keeper.note(*decision);
        assert_valid(story);
        for (const EntityRef& fact : facts)
            RC_ASSERT(story.books().find(fact) != nullptr);
        const bool went_back = std::holds_alternative<CompanyRolledBack>(decision->front().event);
        if (!went_back || credits(*decision))
            continue;
        // Undone at once, and the undoing undone: as if nothing had happened, then as it was.
        const auto after = states_of(story);
        for (const auto& wanted : {before, after}) {
            const Revision head = story.books().timeline().head();
            const Decision undone = story.decide(UndoCommit{head, "after all", {}});
            RC_ASSERT(undone.has_value());
            story.books().apply(*undone);
            RC_ASSERT(states_of(story) == wanted);
        }
    }
}

RC_GTEST_PROP(GoingBack, ToTheSameMomentTwiceChangesNothingMore, ()) {
    Story story;
    Keeper keeper;
    for (std::uint32_t commands = roll(80); commands > 0; --commands) {
        const Decision decision = story.decide(keeper.next(story));
        if (!decision)
            continue;
        story.books().apply(*decision);
        keeper.note(*decision);
    }
    RollBack back = keeper.back(story);
    back.issued = IssuedPolicy::keep;
    const Decision first = story.decide(back);
    RC_PRE(first.has_value());
    story.books().apply(*first);
    const Decision second = story.decide(back);
    RC_ASSERT(second.has_value());
    RC_ASSERT(second->empty());
}

} // namespace
} // namespace daybook::tests
