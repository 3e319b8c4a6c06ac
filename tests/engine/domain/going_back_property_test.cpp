// Random lives of a company, with imports, money that two things name, codes that are given up and
// taken, commits of several events, rollbacks of everything and of chosen things, and undo. After
// each command the books are valid; an undo that comes at once restores every state to the letter.
#include "engine/domain/balance.h"
#include "engine/domain/claims.h"
#include "engine/domain/credit_plan.h"
#include "engine/domain/references.h"
#include "engine/domain/settled.h"
#include "tests/support/given_when_then.h"
#include "tests/support/keeper.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <set>

namespace daybook::tests {
namespace {

using namespace domain;

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

void note(Keeper& keeper, const History& events) {
    for (const NewEvent& event : events)
        keeper.note(event.thing);
}

RC_GTEST_PROP(GoingBack, LeavesValidBooksAndIsUndoneToTheLetter, ()) {
    Story story;
    Keeper keeper;
    for (std::uint32_t commands = roll(120); commands > 0; --commands) {
        const auto before = states_of(story);
        const auto facts = facts_of(story);
        const Decision decision = story.decide(keeper.next(story.books().timeline()));
        if (!decision || decision->empty())
            continue;
        story.books().apply(*decision);
        note(keeper, *decision);
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
        const Decision decision = story.decide(keeper.next(story.books().timeline()));
        if (!decision)
            continue;
        story.books().apply(*decision);
        note(keeper, *decision);
    }
    RollBack back = keeper.back(story.books().timeline());
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
