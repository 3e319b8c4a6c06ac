// A line of its own that says what a company's books are at a moment, and nothing of how they came
// to be so (design 6; README.md draws it): what a backup without history holds instead of records.
// Folded from the records alone, in two walks over them: one learns what will be told, for the
// first record says how far the opening goes; one tells it. Memory does not grow with the line, but
// with the number of things that a rollback took away.
#pragma once

#include "engine/backup/subject.h"
#include "engine/domain/books.h"
#include "engine/ports.h"
#include "events/event.h"

#include <functional>
#include <map>
#include <set>
#include <utility>

namespace daybook::backup {

inline constexpr std::string_view kLeaveHistoryOut = "LeaveHistoryOut"; // Its command_type.

class OpeningLog {
  public:
    // Counts how many records of the subject were walked over.
    using Walked = std::function<void(Revision)>;
    using Take =
        std::function<Result<void>(const RecordedEvent& recorded, const std::string& bytes)>;

    // `checkpoint` is that of the subject's line at its moment. Log and ids outlive the opening.
    static Result<OpeningLog> survey(const log::LogReader& log, const Subject& subject,
                                     const std::string& checkpoint, IdSource& ids,
                                     const Walked& walked);

    const Uuid& log_id() const { return shared_.log_id; }
    Revision size() const { return left_out_.through; }
    // Every record, in order; their blobs are those of the subject's line.
    Result<void> tell(const Take& take, const Walked& walked);

  private:
    OpeningLog(const log::LogReader& log, const Subject& subject, IdSource& ids)
        : log_(&log), subject_(subject), ids_(&ids) {}

    Result<void> learn(const RecordedEvent& recorded);
    Result<void> open(const Envelope& first, const Take& take);
    Result<void> keep_commands(const RecordedEvent& recorded, const Take& take);
    Result<void> say_commands(const Take& take);
    Result<void> say(Envelope envelope, const Event& event, const Take& take);
    bool is_told(EntityRef thing) const;

    const log::LogReader* log_;
    Subject subject_;
    IdSource* ids_;
    Envelope shared_; // What all records have in common.
    HistoryLeftOut left_out_;
    EntityRef company_;
    std::set<EntityRef> gone_;
    std::map<std::pair<SeriesId, std::string>, domain::SeriesPosition> positions_;
    std::uint64_t things_ = 0;
    std::uint64_t commands_ = 0;
    CommandsKept kept_; // Waiting to be enough for a record.
    Revision told_ = 0;
    Version company_version_ = 0;
};

} // namespace daybook::backup
