// The books of one line as deciders see them: folded from the log on demand, kept in memory, and
// moved forward by each event of the group before it is durable. Later commands of a group thus
// see earlier ones' events; if the group cannot be written the process ends, and this with it.
#pragma once

#include "engine/command/directory.h"
#include "engine/command/log_timeline.h"
#include "engine/command/submission.h"
#include "engine/command/write_index.h"
#include "engine/domain/books.h"
#include "engine/log/event_log.h"

#include <map>
#include <optional>
#include <unordered_map>

namespace daybook::command {

class LineBooks final : public domain::Books {
  public:
    // Reads the head and the time of the last record.
    static Result<LineBooks> open(const log::LogReader& log, const CompanyLine& where);

    // Of a line that is filled and not shown yet: nothing of it can be read, so it is told.
    static LineBooks of_hidden_line(const log::LogReader& log, const ShowLine& line);

    // ---- domain::Books. A failing read answers "absent" and is remembered in trouble().
    const domain::State* find(EntityRef thing) const override;
    std::vector<Uuid> all(EntityKind kind) const override;
    std::vector<EntityRef> touching(EntityRef thing) const override;
    domain::SeriesPosition series_position(SeriesId series, std::string_view period) const override;
    std::optional<Date> series_last_issued_on(SeriesId series) const override;
    std::optional<EntityRef> claimant(std::string_view claim) const override;
    bool has_documents() const override;
    // Knows what is durable: end the group before anything asks.
    const domain::Timeline& timeline() const override { return timeline_; }

    // The error that made an answer since the last call unreliable, if any.
    std::optional<Error> take_trouble() const;

    // ---- the line
    const CompanyLine& where() const { return where_; }
    Revision head() const { return head_; }
    Timestamp last_recorded_at() const { return last_recorded_at_; }
    Version version_of(EntityRef thing) const;
    std::optional<std::string> find_command(std::string_view key) const;
    // The envelope of a record of this line, pending ones included.
    Result<Envelope> record_at(Revision revision) const;

    // Moves on by one recorded event and returns the index rows that follow from it.
    Result<std::vector<log::IndexPut>> apply(const RecordedEvent& recorded);
    // Adds a row that no event of its own explains: the commit's idempotency key.
    void remember(const log::IndexPut& put);
    // The group is durable: rows kept beside the log are in the log now.
    void settle();

  private:
    struct Thing {
        domain::State state;
        Version version = 0;
    };

    LineBooks(const log::LogReader& log, CompanyLine where)
        : log_(&log), where_(where), timeline_(log, where.line) {}

    Thing* load(EntityRef thing) const;
    Result<Thing> read_thing(EntityRef thing) const;
    std::optional<std::string> look_up(log::Index index, const std::string& key) const;
    std::vector<log::IndexEntry> scan(log::Index index, const std::string& prefix) const;

    const log::LogReader* log_;
    CompanyLine where_;
    LogTimeline timeline_;
    Revision head_ = 0;
    Timestamp last_recorded_at_;
    // Decided but not yet durable rows, by index and key.
    std::map<std::pair<log::Index, std::string>, std::optional<std::string>> pending_;
    std::map<Revision, Envelope> pending_records_;
    mutable std::unordered_map<EntityRef, Thing> things_;
    mutable std::optional<Error> trouble_;
};

} // namespace daybook::command
