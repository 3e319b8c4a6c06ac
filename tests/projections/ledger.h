// A line of a log in memory, written event by event, beside what it means: every thing folded in
// the plainest way, one copy of the books per commit. What views show is compared with that.
#pragma once

#include "engine/command/write_index.h"
#include "engine/log/memory_event_log.h"
#include "events/codec/codec.h"
#include "projections/views.h"
#include "tests/projections/naive_books.h"
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
            Envelope envelope;
            envelope.revision = ++books.revision;
            envelope.commit_first = books.first;
            envelope.commit_last = last;
            envelope.entity = each.thing;
            envelope.entity_version = fold_.version(each.thing) + 1;
            envelope.recorded_at = books.recorded_at;
            appended.index.push_back({log::Index::thing,
                                      command::thing_key(each.thing, envelope.entity_version),
                                      command::revision_value(envelope.revision)});
            appended.records.push_back(encode_record(envelope, each.event));
            committed.events.push_back(ok(decode_record(appended.records.back())));
            fold_.add(books, committed.events.back());
        }
        committed.root = ok(log_.append({&appended, 1})).front().root;
        history_.push_back(std::move(books));
        return committed;
    }

    const NaiveBooks& now() const { return history_.back(); }
    // One entry a commit, after an empty one.
    const std::vector<NaiveBooks>& history() const { return history_; }
    Version version(EntityRef thing) const { return fold_.version(thing); }

  private:
    log::EventLog& log_;
    log::LineNumber line_;
    NaiveFold fold_;
    std::vector<NaiveBooks> history_;
};

} // namespace daybook::tests
