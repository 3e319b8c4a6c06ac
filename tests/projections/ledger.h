// A line of a log in memory, written event by event, beside what it means: every thing folded in
// the plainest way, one copy of the books per commit. What views show is compared with that.
#pragma once

#include "engine/command/write_index.h"
#include "engine/log/memory_event_log.h"
#include "events/codec/codec.h"
#include "projections/views.h"
#include "tests/support/builders.h"
#include "tests/support/ok.h"

#include <map>
#include <vector>

namespace daybook::tests {

inline constexpr log::LineNumber kLine = 1;
inline const Uuid kRealm = uuid(77);

struct Happened {
    EntityRef thing;
    Event event;
};

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

class Ledger {
  public:
    explicit Ledger(log::EventLog& log, log::LineNumber line = kLine) : log_(log), line_(line) {
        history_.emplace_back(); // Revision 0.
    }

    struct Committed {
        std::vector<RecordedEvent> events;
        Hash root;
    };

    Committed commit(const std::vector<Happened>& happened) {
        NaiveBooks books = history_.back();
        log::Commit appended{.line = line_, .expected_head = books.revision};
        Committed committed;
        books.first = books.revision + 1;
        books.recorded_at = {1'770'000'000'000'000 + static_cast<std::int64_t>(books.first) * 1000};
        const Revision last = books.revision + happened.size();
        for (const Happened& each : happened) {
            std::vector<domain::State>& versions = versions_[each.thing];
            if (versions.empty())
                versions.emplace_back();
            Envelope envelope;
            envelope.revision = ++books.revision;
            envelope.commit_first = books.first;
            envelope.commit_last = last;
            envelope.entity = each.thing;
            envelope.entity_version = static_cast<Version>(versions.size());
            envelope.recorded_at = books.recorded_at;
            appended.index.push_back({log::Index::thing,
                                      command::thing_key(each.thing, envelope.entity_version),
                                      command::revision_value(envelope.revision)});
            appended.records.push_back(encode_record(envelope, each.event));
            committed.events.push_back(ok(decode_record(appended.records.back())));
            fold(books, versions, committed.events.back());
        }
        committed.root = ok(log_.append({&appended, 1})).front().root;
        history_.push_back(std::move(books));
        return committed;
    }

    const NaiveBooks& now() const { return history_.back(); }
    // One entry a commit, after an empty one.
    const std::vector<NaiveBooks>& history() const { return history_; }
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
    static void fold(NaiveBooks& books, std::vector<domain::State>& versions,
                     const RecordedEvent& recorded) {
        const Envelope& envelope = recorded.envelope;
        if (const auto* returned = std::get_if<Returned>(&recorded.event))
            versions.push_back(domain::State(versions.at(returned->to_version)));
        else
            versions.push_back(ok(domain::evolve(versions.back(), recorded.event)));
        projections::EntityRow& row = books.things[envelope.entity];
        if (row.version == 0)
            row.created_at = envelope.recorded_at;
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

    log::EventLog& log_;
    log::LineNumber line_;
    std::map<EntityRef, std::vector<domain::State>> versions_;
    std::vector<NaiveBooks> history_;
};

} // namespace daybook::tests
