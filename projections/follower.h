// One store following the log: commit by commit, or many at a time from the log's records.
//
// An event that cannot be shown stops its line and no other; which one, and why, is kept to be
// told.
#pragma once

#include "projections/projector.h"
#include "projections/rocksdb_row_store.h"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace daybook::projections {

// How rows reach the store: few as a batch in memory, many as sorted files.
enum class Writing { batches, sorted_files };

class Follower {
  public:
    Follower(const log::LogReader& log, std::shared_ptr<RowStore> store, Writing writing)
        : log_(log), store_(std::move(store)), writing_(writing) {}

    // False when the store does not belong to this log: ahead of it, or of another root.
    Result<bool> fits() const;
    Result<void> apply(log::LineNumber line, std::span<const RecordedEvent> commit,
                       const Hash& root);
    // Shows a bounded number of commits more; true when there are no more that can be shown.
    Result<bool> step();

    const std::shared_ptr<RowStore>& store() const { return store_; }
    Revision shown() const; // Records, over all lines.
    // In words; empty when every line can go on.
    std::string stopped_lines() const;

  private:
    std::unique_ptr<PendingRows> begin_rows(log::LineNumber line) const;
    Result<Revision> position(log::LineNumber line);
    Result<void> store_rows(log::LineNumber line, PendingRows& rows, const Hash& root);
    Result<void> catch_up_line(log::LineNumber line, Revision head);
    Result<bool> project_next(log::LineNumber line, Projector& projector, PendingRows& rows,
                              Revision from);
    Result<std::vector<RecordedEvent>> read_commits(log::LineNumber line, Revision from) const;

    const log::LogReader& log_;
    std::shared_ptr<RowStore> store_;
    Writing writing_;
    std::map<log::LineNumber, Revision> positions_;
    std::map<log::LineNumber, std::string> stopped_;
};

} // namespace daybook::projections
