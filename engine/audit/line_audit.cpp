#include "engine/audit/line_audit.h"

#include "engine/audit/growing_tree.h"
#include "engine/command/index_replay.h"
#include "engine/log/tiles.h"
#include "events/base/planted.h"
#include "events/codec/codec.h"
#include "events/document_in.h"

#include <fmt/format.h>
#include <unordered_map>

namespace daybook::audit {
namespace {

using log::Index;

constexpr Index kIndexes[] = {Index::thing, Index::touch, Index::command, Index::claim};

std::string_view name_of(Index index) {
    switch (index) {
    case Index::thing:
        return "things";
    case Index::touch:
        return "touches";
    case Index::command:
        return "commands";
    case Index::claim:
        return "claims";
    }
    return "";
}

class LineWalk {
  public:
    LineWalk(const log::LogReader& log, const LineSubject& subject, const SeeRecord& see,
             Report& report)
        : log_(log),
          subject_(subject),
          see_(see),
          report_(report),
          replay_([this](EntityRef thing, Version version) {
              return command::read_version(log_, subject_.line, thing, version);
          }) {}

    void run() {
        if (read_all()) {
            check_end();
            check_indexes();
        }
        report_.here = {};
    }

  private:
    std::string where() const { return fmt::format("{}, event {}", subject_.name, tree_.size()); }
    // Behind the last event that was read.
    Place next_place() const {
        Place place;
        place.line = subject_.line;
        place.revision = tree_.size() + 1;
        if (tree_.size() > 0)
            place.after = recorded_at_;
        return place;
    }

    // A line whose newest records are damaged has no head, and none of it can be read in place.
    void cannot_read(const std::string& why) {
        if (log_.head(subject_.line))
            return report_.find(fmt::format("{}, event {}", subject_.name, tree_.size() + 1), why,
                                next_place());
        Place place;
        place.line = subject_.line;
        report_.find(subject_.name, why, std::move(place));
    }

    // False when the line cannot, or shall not, be read to its end. What cannot be read together is
    // read one by one, as far as it goes.
    bool read_all() {
        log::ReadLimit limit;
        while (true) {
            const auto records = log_.read(subject_.line, tree_.size() + 1, limit);
            if (!records && limit.records_max > 1) {
                limit.records_max = 1;
                continue;
            }
            if (!records) {
                cannot_read(records.error().what);
                return false;
            }
            if (records->empty())
                return true;
            for (const log::StoredRecord& record : *records)
                if (!take(record.bytes))
                    return false;
        }
    }

    bool take(const std::string& bytes) {
        ++report_.events;
        report_.bytes += bytes.size();
        const auto recorded = decode_record(bytes);
        report_.here = next_place();
        if (recorded)
            come_to(*recorded);
        const Hash leaf = log::leaf_hash(bytes);
        tile_.push_back(leaf);
        tree_.add(leaf, [this](unsigned height, std::uint64_t index, const Hash& root) {
            if (height >= log::kTileHeight)
                compare_subtree(height, index, root);
        });
        if (tile_.size() == log::kTileLeaves)
            compare_tile();
        compare_root();
        if (!recorded) {
            report_.find(where(), recorded.error().what);
            return true;
        }
        check_envelope(recorded->envelope);
        derive_rows(*recorded);
        return see_(where(), *recorded);
    }

    void come_to(const RecordedEvent& recorded) {
        const EntityRef thing = recorded.envelope.entity;
        report_.here.thing = thing;
        report_.here.recorded_at = recorded.envelope.recorded_at;
        if (const Frozen* document = document_in(recorded.event))
            numbers_[thing] = document->number;
        if (const auto number = numbers_.find(thing); number != numbers_.end())
            report_.here.number = number->second;
    }

    // ---- hashes --------------------------------------------------------------------------------
    void compare_subtree(unsigned height, std::uint64_t index, const Hash& root) {
        const auto stored = log_.subtree(subject_.line, height, index);
        if (!stored)
            report_.find(where(), stored.error().what);
        else if (*stored != root)
            report_.find(where(), fmt::format("the stored root of the {} events up to here is not "
                                              "theirs",
                                              std::uint64_t{1} << height));
    }
    void compare_tile() {
        const Revision first = tree_.size() - tile_.size() + 1;
        const auto stored = log_.leaves(subject_.line, first, tree_.size());
        if (!stored)
            report_.find(where(), stored.error().what);
        for (std::size_t i = 0; stored && i < tile_.size(); ++i)
            if ((*stored)[i] != tile_[i])
                report_.find(fmt::format("{}, event {}", subject_.name, first + i),
                             "its hash is not the one that was stored beside it");
        tile_.clear();
    }
    void compare_root() {
        const auto promise = subject_.promised.find(tree_.size());
        if (promise != subject_.promised.end() && !is_altered_) {
            is_altered_ = promise->second.root != tree_.root();
            if (is_altered_)
                report_.find(where(), fmt::format("group {} ended here with another root: an event "
                                                  "from {} up to here was altered",
                                                  promise->second.group, kept_ + 1));
            kept_ = tree_.size();
        }
        for (const KnownHead& known : subject_.heads)
            if (known.head.revision == tree_.size() && known.head.root != tree_.root()
                && !planted("signed heads are not compared"))
                report_.find(where(), known.name
                                          + " was signed here over another root: an event up to "
                                            "here was altered after it was signed");
    }
    void check_end() {
        report_.here = next_place();
        if (!subject_.promised.empty() && subject_.promised.rbegin()->first != tree_.size())
            report_.find(subject_.name,
                         fmt::format("its last group ended at event {}, the line ends at {}",
                                     subject_.promised.rbegin()->first, tree_.size()));
        for (const KnownHead& known : subject_.heads)
            if (known.head.revision > tree_.size())
                report_.find(subject_.name,
                             fmt::format("{} promises {} events, the line ends at {}", known.name,
                                         known.head.revision, tree_.size()));
        report_.here = {};
        report_.here.line = subject_.line;
        if (tree_.size() > 0 && commit_last_ != tree_.size())
            report_.find(where(), "its commit ends beyond the line");
        report_.checkpoints += subject_.heads.size();
    }

    // ---- envelopes -----------------------------------------------------------------------------
    void check_envelope(const Envelope& envelope) {
        const Revision revision = tree_.size();
        if (envelope.revision != revision)
            report_.find(where(), fmt::format("it says that it is event {}", envelope.revision));
        const bool begins = envelope.commit_first == revision;
        if (begins ? commit_last_ != revision - 1
                   : envelope.commit_first != commit_first_ || envelope.commit_last != commit_last_)
            report_.find(where(), fmt::format("its commit, {} to {}, does not fit the one before",
                                              envelope.commit_first, envelope.commit_last));
        commit_first_ = envelope.commit_first;
        commit_last_ = envelope.commit_last;
        if (begins ? envelope.recorded_at <= recorded_at_ : envelope.recorded_at != recorded_at_)
            report_.find(where(), "its time does not follow: " + to_text(envelope.recorded_at)
                                      + " after " + to_text(recorded_at_));
        recorded_at_ = envelope.recorded_at;
        Version& version = versions_[envelope.entity];
        if (envelope.entity_version != ++version)
            report_.find(where(), fmt::format("it is version {} of its thing and says {}", version,
                                              envelope.entity_version));
    }

    // ---- indexes -------------------------------------------------------------------------------
    void derive_rows(const RecordedEvent& recorded) {
        if (!rows_follow_)
            return;
        const auto rows = replay_.rows_of(recorded);
        if (!rows) {
            rows_follow_ = false;
            return report_.find(where(), "its index rows cannot be derived: " + rows.error().what);
        }
        for (const log::IndexPut& row : *rows) {
            auto& table = rows_[row.index];
            if (row.value)
                table.insert_or_assign(row.key, *row.value);
            else
                table.erase(row.key);
        }
    }
    void check_indexes() {
        if (!rows_follow_)
            return;
        for (const Index index : kIndexes) {
            const auto stored = log_.scan_index(subject_.line, index, {});
            const std::string name = fmt::format("{}, index of {}", subject_.name, name_of(index));
            if (!stored) {
                report_.find(name, stored.error().what);
                continue;
            }
            std::map<std::string, std::string> wanted = std::move(rows_[index]);
            std::uint64_t wrong = 0, foreign = 0;
            for (const log::IndexEntry& entry : *stored) {
                const auto found = wanted.find(entry.key);
                if (found == wanted.end()) {
                    ++foreign;
                    continue;
                }
                wrong += found->second != entry.value;
                wanted.erase(found);
            }
            if (wrong + foreign + wanted.size() > 0)
                report_.find(name, fmt::format("{} rows are missing, {} say something else, {} "
                                               "follow from no event",
                                               wanted.size(), wrong, foreign));
        }
    }

    const log::LogReader& log_;
    const LineSubject& subject_;
    const SeeRecord& see_;
    Report& report_;
    GrowingTree tree_;
    std::vector<Hash> tile_;  // Leaves since the last full tile.
    bool is_altered_ = false; // Then all groups behind have another root, too.
    Revision kept_ = 0;       // As far as the roots of groups vouch.
    Revision commit_first_ = 0;
    Revision commit_last_ = 0;
    Timestamp recorded_at_;
    std::unordered_map<EntityRef, std::string> numbers_;
    std::unordered_map<EntityRef, Version> versions_;
    command::IndexReplay replay_;
    std::map<Index, std::map<std::string, std::string>> rows_;
    bool rows_follow_ = true;
};

} // namespace

void audit_line(const log::LogReader& log, const LineSubject& subject, const SeeRecord& see,
                Report& report) {
    ++report.lines;
    LineWalk(log, subject, see, report).run();
}

} // namespace daybook::audit
