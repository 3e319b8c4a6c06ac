#include "tests/support/books_in_memory.h"

#include "engine/domain/claims.h"
#include "events/base/check.h"
#include "events/catalogue.h"

#include <algorithm>

namespace daybook::tests {

BooksInMemory::BooksInMemory() = default;
BooksInMemory::BooksInMemory(std::span<const domain::NewEvent> history) { apply(history); }
BooksInMemory::BooksInMemory(const BooksInMemory&) = default;
BooksInMemory::BooksInMemory(BooksInMemory&&) noexcept = default;
BooksInMemory& BooksInMemory::operator=(const BooksInMemory&) = default;
BooksInMemory& BooksInMemory::operator=(BooksInMemory&&) noexcept = default;
BooksInMemory::~BooksInMemory() = default;

void BooksInMemory::apply(std::span<const domain::NewEvent> events) {
    const Revision first = records_.size() + 1;
    for (const domain::NewEvent& event : events) {
        records_.push_back({event.thing, info_of(event.event).name, version(event.thing) + 1, first,
                            first + events.size() - 1});
        happen(event);
    }
}

const domain::State* BooksInMemory::find(EntityRef thing) const {
    const auto found = versions_.find(thing);
    if (found == versions_.end() || !domain::exists(found->second.back()))
        return nullptr;
    return &found->second.back();
}

std::vector<Uuid> BooksInMemory::all(EntityKind kind) const {
    std::vector<Uuid> ids;
    for (const auto& [thing, versions] : versions_)
        if (thing.kind == kind && domain::exists(versions.back()))
            ids.push_back(thing.id);
    return ids;
}

std::vector<EntityRef> BooksInMemory::touching(EntityRef thing) const {
    const auto found = touches_.find(thing);
    return found == touches_.end() ? std::vector<EntityRef>{}
                                   : std::vector(found->second.begin(), found->second.end());
}

domain::SeriesPosition BooksInMemory::series_position(SeriesId series,
                                                      std::string_view period) const {
    const auto found = positions_.find({series, std::string(period)});
    return found == positions_.end() ? domain::SeriesPosition{} : found->second;
}

std::optional<Date> BooksInMemory::series_last_issued_on(SeriesId series) const {
    std::optional<Date> latest;
    for (const auto& [key, position] : positions_)
        if (key.first == series)
            latest = std::max(latest, position.last_issued_on);
    return latest;
}

std::optional<EntityRef> BooksInMemory::claimant(std::string_view claim) const {
    const auto found = holders_.find(std::string(claim));
    return found == holders_.end() ? std::nullopt : std::optional(found->second);
}

Version BooksInMemory::version(EntityRef thing) const {
    const auto found = versions_.find(thing);
    return found == versions_.end() ? 0 : static_cast<Version>(found->second.size() - 1);
}

std::pair<Revision, Revision> BooksInMemory::commit_of(Revision revision) const {
    const Record& record = records_.at(revision - 1);
    return {record.commit_first, record.commit_last};
}

std::vector<domain::Passage> BooksInMemory::passages(Revision from, Revision to) const {
    std::map<EntityRef, domain::Passage> things;
    for (Revision revision = from + 1; revision <= to; ++revision) {
        const Record& record = records_.at(revision - 1);
        const auto place = things.try_emplace(
            record.thing, domain::Passage{record.thing, record.version - 1, 0, {}});
        domain::Passage& passage = place.first->second;
        passage.after = record.version;
        const bool is_fact = catalogue()[*find_event_type(record.type)].kept == Kept::always
                             && record.type != "Returned";
        if (is_fact && passage.fact.empty())
            passage.fact = record.type;
    }
    std::vector<domain::Passage> passages;
    for (const auto& [thing, passage] : things)
        passages.push_back(passage);
    return passages;
}

Version BooksInMemory::origin_of(EntityRef thing, Version version) const {
    for (auto at = returns_.find({thing, version}); at != returns_.end();
         at = returns_.find({thing, version}))
        version = at->second;
    return version;
}

domain::State BooksInMemory::state_of(EntityRef thing, Version version) const {
    return version == 0 ? domain::State{} : versions_.at(thing).at(version);
}

std::optional<std::string> BooksInMemory::source_claim(EntityRef thing) const {
    const auto found = sources_.find(thing);
    return found == sources_.end() ? std::nullopt : std::optional(found->second);
}

void BooksInMemory::happen(const domain::NewEvent& happened) {
    std::vector<domain::State>& versions = versions_[happened.thing];
    if (versions.empty())
        versions.emplace_back();
    if (const auto* returned = std::get_if<Returned>(&happened.event))
        returns_.emplace(std::pair(happened.thing, version(happened.thing) + 1),
                         returned->to_version);
    versions.push_back(next_state(versions, happened.event));
    if (happened.external)
        sources_.emplace(happened.thing, domain::source_claim(*happened.external));
    note_positions(happened);
    note_touches(happened);
    note_documents(happened.event);
    move_claims(happened.thing, versions.back());
}

domain::State BooksInMemory::next_state(const std::vector<domain::State>& versions,
                                        const Event& event) {
    if (const auto* returned = std::get_if<Returned>(&event))
        return versions.at(returned->to_version);
    auto after = domain::evolve(versions.back(), event);
    CHECK(after.has_value(), "a test's history can be folded");
    return *std::move(after);
}

void BooksInMemory::advance(SeriesId series, const std::string& period, std::uint64_t last,
                            std::optional<Date> issued_on) {
    domain::SeriesPosition& position = positions_[{series, period}];
    position.last = std::max(position.last, last);
    position.last_issued_on = std::max(position.last_issued_on, issued_on);
}

void BooksInMemory::advance(const Frozen& frozen) {
    if (frozen.series_id)
        advance(*frozen.series_id, frozen.series_period, frozen.sequence,
                frozen.document.issued_on);
}

void BooksInMemory::advance(const std::vector<SeriesFloor>& floors) {
    for (const SeriesFloor& floor : floors)
        advance(floor.series_id, floor.period, floor.last, {});
}

void BooksInMemory::note_positions(const domain::NewEvent& happened) {
    const auto visit = [&]<class E>(const E& event) {
        if constexpr (requires { event.fork; })
            advance(event.fork.series_floors);
        else if constexpr (requires { event.last_numbers; })
            advance(event.last_numbers);
        else if constexpr (std::is_same_v<E, SeriesAdvanced>)
            advance(SeriesId{happened.thing.id}, event.period, event.to, {});
        else if constexpr (requires { event.frozen; })
            advance(event.frozen);
    };
    std::visit(visit, happened.event);
}

void BooksInMemory::touch(InvoiceId invoice, EntityRef by) {
    touches_[{EntityKind::invoice, invoice.value}].insert(by);
}

void BooksInMemory::note_touches(const domain::NewEvent& happened) {
    const auto visit = [&](const auto& event) {
        if constexpr (requires { event.receipt; })
            for (const Allocation& allocation : event.receipt.allocations)
                touch(allocation.invoice_id, happened.thing);
        if constexpr (requires { event.allocation; })
            touch(event.allocation.invoice_id, happened.thing);
        if constexpr (requires { event.credits; })
            for (const CreditedInvoice& credited : event.credits)
                if (credited.invoice_id)
                    touch(*credited.invoice_id, happened.thing);
    };
    std::visit(visit, happened.event);
}

void BooksInMemory::note_documents(const Event& event) {
    const auto visit = [](const auto& e) {
        return requires { e.frozen; }
        || requires { e.imported; }
        || requires { e.receipt; };
    };
    has_documents_ = has_documents_ || std::visit(visit, event);
}

void BooksInMemory::move_claims(EntityRef thing, const domain::State& state) {
    std::erase_if(holders_, [&](const auto& held) { return held.second == thing; });
    for (std::string& claim : domain::claims_of(state))
        holders_.insert_or_assign(std::move(claim), thing);
    if (const auto source = sources_.find(thing); source != sources_.end() && domain::exists(state))
        holders_.insert_or_assign(source->second, thing);
}

} // namespace daybook::tests
