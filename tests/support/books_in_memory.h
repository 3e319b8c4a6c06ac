// The books of one company, folded from a list of events: what deciders see in tests. Keeps every
// version of every thing, so that `Returned` means here what it means in the engine.
#pragma once

#include "engine/domain/books.h"
#include "engine/domain/claims.h"
#include "engine/domain/decide.h"
#include "events/base/check.h"
#include "events/catalogue.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace daybook::tests {

class BooksInMemory : public domain::Books, private domain::Timeline {
  public:
    BooksInMemory() = default;
    explicit BooksInMemory(std::span<const domain::NewEvent> history) { apply(history); }

    // One commit.
    void apply(std::span<const domain::NewEvent> events) {
        const Revision first = records_.size() + 1;
        for (const domain::NewEvent& event : events) {
            records_.push_back({event.thing, info_of(event.event).name, version(event.thing) + 1,
                                first, first + events.size() - 1});
            happen(event);
        }
    }
    void apply(const domain::NewEvent& event) { apply(std::span(&event, 1)); }

    const domain::State* find(EntityRef thing) const override {
        const auto found = versions_.find(thing);
        if (found == versions_.end() || !domain::exists(found->second.back()))
            return nullptr;
        return &found->second.back();
    }
    std::vector<Uuid> all(EntityKind kind) const override {
        std::vector<Uuid> ids;
        for (const auto& [thing, versions] : versions_)
            if (thing.kind == kind && domain::exists(versions.back()))
                ids.push_back(thing.id);
        return ids;
    }
    std::vector<EntityRef> touching(EntityRef thing) const override {
        const auto found = touches_.find(thing);
        return found == touches_.end() ? std::vector<EntityRef>{}
                                       : std::vector(found->second.begin(), found->second.end());
    }
    domain::SeriesPosition series_position(SeriesId series,
                                           std::string_view period) const override {
        const auto found = positions_.find({series, std::string(period)});
        return found == positions_.end() ? domain::SeriesPosition{} : found->second;
    }
    std::optional<Date> series_last_issued_on(SeriesId series) const override {
        std::optional<Date> latest;
        for (const auto& [key, position] : positions_)
            if (key.first == series)
                latest = std::max(latest, position.last_issued_on);
        return latest;
    }
    std::optional<EntityRef> claimant(std::string_view claim) const override {
        const auto found = holders_.find(std::string(claim));
        return found == holders_.end() ? std::nullopt : std::optional(found->second);
    }
    bool has_documents() const override { return has_documents_; }

    const domain::Timeline& timeline() const override { return *this; }

    // Version of a thing: the number of its events.
    Version version(EntityRef thing) const {
        const auto found = versions_.find(thing);
        return found == versions_.end() ? 0 : static_cast<Version>(found->second.size() - 1);
    }

  private:
    struct Record {
        EntityRef thing;
        std::string_view type;
        Version version = 0;
        Revision commit_first = 0;
        Revision commit_last = 0;
    };

    // ---- domain::Timeline
    Revision head() const override { return records_.size(); }
    std::pair<Revision, Revision> commit_of(Revision revision) const override {
        const Record& record = records_.at(revision - 1);
        return {record.commit_first, record.commit_last};
    }
    std::vector<domain::Passage> passages(Revision from, Revision to) const override {
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
    Version version_of(EntityRef thing) const override { return version(thing); }
    Version origin_of(EntityRef thing, Version version) const override {
        for (auto at = returns_.find({thing, version}); at != returns_.end();
             at = returns_.find({thing, version}))
            version = at->second;
        return version;
    }
    domain::State state_of(EntityRef thing, Version version) const override {
        return version == 0 ? domain::State{} : versions_.at(thing).at(version);
    }
    std::optional<std::string> source_claim(EntityRef thing) const override {
        const auto found = sources_.find(thing);
        return found == sources_.end() ? std::nullopt : std::optional(found->second);
    }

    void happen(const domain::NewEvent& happened) {
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
    static domain::State next_state(const std::vector<domain::State>& versions,
                                    const Event& event) {
        if (const auto* returned = std::get_if<Returned>(&event))
            return versions.at(returned->to_version);
        auto after = domain::evolve(versions.back(), event);
        CHECK(after.has_value(), "a test's history can be folded");
        return *std::move(after);
    }

    void advance(SeriesId series, const std::string& period, std::uint64_t last,
                 std::optional<Date> issued_on) {
        domain::SeriesPosition& position = positions_[{series, period}];
        position.last = std::max(position.last, last);
        position.last_issued_on = std::max(position.last_issued_on, issued_on);
    }
    void advance(const Frozen& frozen) {
        if (frozen.series_id)
            advance(*frozen.series_id, frozen.series_period, frozen.sequence,
                    frozen.document.issued_on);
    }
    void advance(const std::vector<SeriesFloor>& floors) {
        for (const SeriesFloor& floor : floors)
            advance(floor.series_id, floor.period, floor.last, {});
    }
    void note_positions(const domain::NewEvent& happened) {
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

    void touch(InvoiceId invoice, EntityRef by) {
        touches_[{EntityKind::invoice, invoice.value}].insert(by);
    }
    void note_touches(const domain::NewEvent& happened) {
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

    void note_documents(const Event& event) {
        const auto visit = [](const auto& e) {
            return requires { e.frozen; }
            || requires { e.imported; }
            || requires { e.receipt; };
        };
        has_documents_ = has_documents_ || std::visit(visit, event);
    }

    void move_claims(EntityRef thing, const domain::State& state) {
        std::erase_if(holders_, [&](const auto& held) { return held.second == thing; });
        for (std::string& claim : domain::claims_of(state))
            holders_.insert_or_assign(std::move(claim), thing);
        if (const auto source = sources_.find(thing);
            source != sources_.end() && domain::exists(state))
            holders_.insert_or_assign(source->second, thing);
    }

    std::vector<Record> records_; // By revision.
    std::map<EntityRef, std::vector<domain::State>> versions_;
    std::map<std::pair<EntityRef, Version>, Version> returns_; // What each return went back to.
    std::map<std::pair<SeriesId, std::string>, domain::SeriesPosition> positions_;
    std::map<EntityRef, std::set<EntityRef>> touches_;
    std::map<EntityRef, std::string> sources_;
    std::map<std::string, EntityRef> holders_;
    bool has_documents_ = false;
};

} // namespace daybook::tests
