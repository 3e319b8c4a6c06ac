// What events mean, folded in the plainest way: every version of every thing is kept, and a return
// takes the one it names.
#pragma once

#include "engine/domain/evolution.h"
#include "projections/entity_row.h"
#include "tests/support/ok.h"

#include <algorithm>
#include <map>
#include <vector>

namespace daybook::tests {

// The books at one commit end.
struct NaiveBooks {
    Revision first = 0;
    Revision revision = 0;
    Timestamp recorded_at;
    std::map<EntityRef, projections::EntityRow> things; // Gone ones too.
    std::map<std::pair<SeriesId, std::string>, std::uint64_t> counters;

    template <class S>
    const S* get(EntityKind kind, Uuid id) const {
        const auto found = things.find({kind, id});
        return found == things.end() ? nullptr : std::get_if<S>(&found->second.state);
    }
};

class NaiveFold {
  public:
    void add(NaiveBooks& books, const RecordedEvent& recorded) {
        const Envelope& envelope = recorded.envelope;
        std::vector<domain::State>& versions = versions_[envelope.entity];
        if (versions.empty())
            versions.emplace_back();
        if (const auto* returned = std::get_if<Returned>(&recorded.event))
            versions.push_back(domain::State(versions.at(returned->to_version)));
        else
            versions.push_back(ok(domain::evolve(versions.back(), recorded.event)));
        projections::EntityRow& row = books.things[envelope.entity];
        if (row.version == 0) {
            row.first = envelope.revision;
            row.created_at = envelope.recorded_at;
        }
        row.version = envelope.entity_version;
        row.revision = envelope.commit_last;
        row.updated_at = envelope.recorded_at;
        row.state = versions.back();
        if (const auto* advanced = std::get_if<SeriesAdvanced>(&recorded.event))
            raise(books, SeriesId{envelope.entity.id}, advanced->period, advanced->to);
        const Frozen* frozen = nullptr;
        if (const auto* issued = std::get_if<InvoiceIssued>(&recorded.event))
            frozen = &issued->frozen;
        if (const auto* issued = std::get_if<CreditNoteIssued>(&recorded.event))
            frozen = &issued->frozen;
        if (frozen && frozen->series_id)
            raise(books, *frozen->series_id, frozen->series_period, frozen->sequence);
    }
    Version version(EntityRef thing) const {
        const auto found = versions_.find(thing);
        return found == versions_.end() ? 0 : static_cast<Version>(found->second.size() - 1);
    }

  private:
    static void raise(NaiveBooks& books, SeriesId series, const std::string& period,
                      std::uint64_t last) {
        std::uint64_t& counter = books.counters[{series, period}];
        counter = std::max(counter, last);
    }

    std::map<EntityRef, std::vector<domain::State>> versions_;
};

} // namespace daybook::tests
