#include "engine/domain/going_back.h"

#include "engine/domain/credit.h"
#include "engine/domain/outcome.h"
#include "engine/domain/prospective_books.h"
#include "engine/domain/references.h"
#include "events/base/check.h"
#include "events/base/planted.h"
#include "events/base/reflect.h"

#include <algorithm>
#include <set>

namespace daybook::domain {
namespace {

// The id n steps after the command's own, in its random part: deciding again gives the same.
Uuid counted_up(Uuid id, std::uint64_t n) {
    // The last 62 bits; above them stand time, version and variant (RFC 9562, 5.7).
    constexpr std::uint64_t kRandomBits = (std::uint64_t{1} << 62) - 1;
    std::uint64_t tail = 0;
    for (std::size_t i = 8; i < 16; ++i)
        tail = tail << 8 | id.bytes[i];
    tail = (tail & ~kRandomBits) | ((tail + n) & kRandomBits);
    for (std::size_t i = 16; i-- > 8; tail >>= 8)
        id.bytes[i] = static_cast<std::uint8_t>(tail & 0xFF);
    return id;
}

State state_now(const Books& books, EntityRef thing) {
    const State* state = books.find(thing);
    return state ? *state : State{};
}

// Things that are not now what they were at `to`. An empty scope asks for all of them.
std::vector<Changed> changed_since(const Books& books, Revision to,
                                   const std::set<EntityRef>& scope) {
    const Timeline& timeline = books.timeline();
    std::vector<Changed> changed;
    for (const Passage& passage : timeline.passages(to, timeline.head())) {
        if (passage.thing.kind == EntityKind::timeline)
            continue;
        State then = timeline.state_of(passage.thing, passage.before);
        State now = state_now(books, passage.thing);
        if (then != now)
            changed.push_back({passage, std::move(then), std::move(now),
                               scope.empty() || scope.contains(passage.thing)});
    }
    return changed;
}

Allowed head_is(const Timeline& timeline, std::optional<Revision> expected) {
    if (!expected || *expected == timeline.head())
        return {};
    Refusal refusal{Code::stale_revision, {}, {}, {}};
    refusal.detail = "the head is revision " + std::to_string(timeline.head()) + ", not "
                     + std::to_string(*expected);
    refusal.facts = {{"revision", std::to_string(timeline.head())}};
    return std::unexpected(std::move(refusal));
}

// What is not kept must not have been booked on a locked day, then or now.
Allowed no_locked_day_changes(const Books& books, const std::vector<Changed>& changed,
                              const std::vector<std::optional<KeptBecause>>& kept) {
    const std::optional<Date> through = locked_through(books);
    if (!through)
        return {};
    Refusal refusal{Code::period_locked, {}, {}, {{"locked_through", to_text(*through)}}};
    for (std::size_t i = 0; i < changed.size(); ++i) {
        if (!changed[i].asked || kept[i])
            continue;
        for (const Booking& booking : bookings_moved(changed[i].then, changed[i].now))
            if (booking.on <= *through) {
                refusal.things.push_back(
                    {changed[i].passage.thing,
                     std::string(booking.what) + " on " + to_text(booking.on)});
                break;
            }
    }
    if (refusal.things.empty())
        return {};
    return std::unexpected(std::move(refusal));
}

// Each invoice that was issued since, credited whole as the books would stand by then.
std::expected<void, Refusal> add_credits(const Books& books, const RollBack& command,
                                         const std::vector<Changed>& changed,
                                         const Circumstances& now, GoingBack& plan) {
    ProspectiveBooks result(books);
    std::set<EntityRef> back;
    for (const GoesBack& each : plan.returned)
        back.insert(each.thing);
    for (const Changed& each : changed)
        if (back.contains(each.passage.thing))
            result.lay_over(each.passage.thing, each.then);
    std::uint64_t ids = 0;
    for (const Stays& stays : plan.kept) {
        if (stays.because.fact != "InvoiceIssued")
            continue;
        const CreditInvoice credit{.invoice_id = {stays.thing.id},
                                   .credit_note_id = {counted_up(command.first_id, ids++)},
                                   .allocation_id = {counted_up(command.first_id, ids++)},
                                   .all = true,
                                   .kind = CreditKind::cancellation,
                                   .reason = command.reason};
        Decision decision = decide(result, credit, now);
        if (!decision && decision.error().code == Code::nothing_to_credit)
            continue;
        if (!decision) {
            Refusal refusal = std::move(decision).error();
            refusal.things.push_back({stays.thing, "it would have to be credited"});
            return std::unexpected(std::move(refusal));
        }
        plan.credited.push_back({credit.invoice_id, credit.credit_note_id});
        for (NewEvent& event : *decision) {
            CHECK(result.apply(event).has_value(), "what was decided can be applied");
            plan.events.push_back(std::move(event));
        }
    }
    return {};
}

// What goes back and what stays, with the events that do it; without `CompanyRolledBack`.
std::expected<GoingBack, Refusal> choose(const Books& books, Revision to,
                                         const std::vector<Changed>& changed) {
    const auto kept = kept_set(books, changed);
    TRY(no_locked_day_changes(books, changed, kept));
    GoingBack plan{.to = to};
    for (std::size_t i = 0; i < changed.size(); ++i) {
        const Passage& passage = changed[i].passage;
        if (!changed[i].asked || (i > 0 && planted("only the first thing goes back")))
            continue;
        if (kept[i]) {
            plan.kept.push_back({passage.thing, passage.before, *kept[i]});
            continue;
        }
        // Never to a return: a thousand rollbacks in a row leave a way back of one step.
        const Version origin = books.timeline().origin_of(passage.thing, passage.before);
        plan.returned.push_back({passage.thing, origin});
        plan.events.push_back({passage.thing, Returned{origin}, {}, {}});
    }
    return plan;
}

// The event that says what all the others are, in front of them.
GoingBack announced(GoingBack plan, CompanyRolledBack told, const Circumstances& now) {
    if (plan.events.empty())
        return plan;
    told.to = plan.to;
    told.rules = kGoingBackRules;
    told.returned_count = static_cast<std::uint32_t>(plan.returned.size());
    told.kept_count = static_cast<std::uint32_t>(plan.kept.size());
    told.credited_count = static_cast<std::uint32_t>(plan.credited.size());
    const EntityRef timeline{EntityKind::timeline, now.company.value};
    plan.events.insert(plan.events.begin(), NewEvent{timeline, told, {}, {}});
    return plan;
}

Faults unknown_things(const Books& books, const std::vector<EntityRef>& entities) {
    if (entities.size() > kEntitiesMax)
        return {{"/entities", Code::out_of_range, "at most " + std::to_string(kEntitiesMax)}};
    Faults faults;
    for (std::size_t i = 0; i < entities.size(); ++i)
        if (books.timeline().version_of(entities[i]) == 0)
            faults.push_back(
                {"/entities/" + std::to_string(i), Code::not_found, to_text(entities[i].id)});
    return faults;
}

} // namespace

Allowed is_commit_end(const Timeline& timeline, Revision revision, const std::string& pointer) {
    if (revision == 0)
        return refuse_for(
            {{pointer, Code::not_yet_created, "the company did not exist before revision 1"}});
    if (revision > timeline.head())
        return refuse_for({{pointer, Code::as_of_in_future,
                            "the head is revision " + std::to_string(timeline.head())}});
    if (revision < timeline.first_kept())
        return refuse_for(
            {{pointer, Code::history_not_kept,
              "the history begins at revision " + std::to_string(timeline.first_kept())}});
    const auto [first, last] = timeline.commit_of(revision);
    if (revision == last)
        return {};
    return refuse_for(
        {{pointer, Code::inside_commit,
          "the commit runs from " + std::to_string(first) + " to " + std::to_string(last)}});
}

GoingBackPlan plan(const Books& books, const RollBack& command, const Circumstances& now) {
    TRY(reason_given(command.reason));
    TRY(is_commit_end(books.timeline(), command.to, "/to/revision"));
    TRY(head_is(books.timeline(), command.expected_revision));
    if (Faults faults = unknown_things(books, command.entities); !faults.empty())
        return refuse_for(std::move(faults));
    const std::set<EntityRef> scope(command.entities.begin(), command.entities.end());
    const std::vector<Changed> changed = changed_since(books, command.to, scope);
    GoingBack plan = TRY(choose(books, command.to, changed));
    if (command.issued == IssuedPolicy::credit)
        TRY(add_credits(books, command, changed, now, plan));
    return announced(std::move(plan),
                     {.entities = command.entities,
                      .policy = command.issued,
                      .preview_revision = command.expected_revision},
                     now);
}

// ---- undo --------------------------------------------------------------------------------------

namespace {

std::string change_of(const Passage& later) {
    return later.fact.empty() ? "changed later" : std::string(later.fact);
}

// Nothing of the commit is a fact, and each of its things is still as the commit left it.
Allowed stands_alone(const Books& books, const std::vector<Passage>& own, Revision last) {
    const Timeline& timeline = books.timeline();
    Refusal facts{Code::irrevocable, {}, {}, {}};
    for (const Passage& passage : own) {
        if (!passage.fact.empty())
            facts.things.push_back({passage.thing, std::string(passage.fact)});
        else if (never_returns(passage.thing.kind))
            facts.things.push_back({passage.thing, "it never goes back"});
        else if (passage.before == 0 && passage.thing.kind == EntityKind::company)
            facts.things.push_back({passage.thing, "the company began with it"});
    }
    if (!facts.things.empty())
        return std::unexpected(std::move(facts));
    Refusal later{Code::depended_on, {}, {}, {}};
    for (const Passage& after : timeline.passages(last, timeline.head())) {
        const auto mine = std::ranges::lower_bound(own, after.thing, {}, &Passage::thing);
        if (mine != own.end() && mine->thing == after.thing
            && timeline.state_of(mine->thing, mine->after) != state_now(books, mine->thing)
            && timeline.state_of(mine->thing, mine->before) != state_now(books, mine->thing))
            later.things.push_back({after.thing, change_of(after)});
    }
    if (!later.things.empty())
        return std::unexpected(std::move(later));
    return {};
}

// What would have to stay says that something stands on it.
Allowed nothing_stays(const GoingBack& plan) {
    Refusal later{Code::depended_on, {}, {}, {}};
    for (const Stays& stays : plan.kept)
        later.things.push_back(
            {stays.because.because.value_or(stays.thing),
             std::string(enum_name(stays.because.why)) + " " + to_text(stays.thing.id)});
    if (later.things.empty())
        return {};
    return std::unexpected(std::move(later));
}

} // namespace

GoingBackPlan plan(const Books& books, const UndoCommit& command, const Circumstances& now) {
    const Timeline& timeline = books.timeline();
    TRY(reason_given(command.reason));
    if (command.commit == 0 || command.commit > timeline.head())
        return refuse_for({{"/commit", Code::out_of_range,
                            "revisions run from 1 to " + std::to_string(timeline.head())}});
    if (command.commit <= timeline.first_kept())
        return refuse_for(
            {{"/commit", Code::history_not_kept,
              "the history begins after revision " + std::to_string(timeline.first_kept())}});
    TRY(head_is(timeline, command.expected_revision));
    const auto [first, last] = timeline.commit_of(command.commit);
    const std::vector<Passage> own = timeline.passages(first - 1, last);
    bool is_rollback = false;
    std::set<EntityRef> scope;
    for (const Passage& passage : own) {
        is_rollback = is_rollback || passage.thing.kind == EntityKind::timeline;
        scope.insert(passage.thing);
    }
    if (!is_rollback)
        TRY(stands_alone(books, own, last));
    GoingBack plan = TRY(choose(books, first - 1, changed_since(books, first - 1, scope)));
    if (!is_rollback)
        TRY(nothing_stays(plan));
    // No list of things: they are those of the commit.
    return announced(std::move(plan),
                     {.preview_revision = command.expected_revision, .undoes = last}, now);
}

// ---- deciding ----------------------------------------------------------------------------------

Decision decide(const Books& books, const RollBack& command, const Circumstances& now) {
    GoingBack made = TRY(plan(books, command, now));
    return std::move(made.events);
}

Decision decide(const Books& books, const UndoCommit& command, const Circumstances& now) {
    GoingBack made = TRY(plan(books, command, now));
    return std::move(made.events);
}

} // namespace daybook::domain
