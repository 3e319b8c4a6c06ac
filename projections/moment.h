// Rows of one line as they stood at one commit end, from a pinned view of the store. Now is a
// moment like any other, only nearer: where a table keeps its newest rows apart, it reads those.
// Look-ups share one cursor, so that a page of them does not open a hundred.
#pragma once

#include "projections/rocksdb_row_store.h"
#include "projections/rows.h"

#include <memory>

namespace daybook::projections {

// ---- commits of a line: the change lists -------------------------------------------------------
// The commit that ends at or before `revision`; the one that ends at or after it.
Result<std::optional<CommitRow>> commit_ending_by(const PinnedRows& rows, log::LineNumber line,
                                                  Revision revision);
Result<std::optional<CommitRow>> commit_reaching(const PinnedRows& rows, log::LineNumber line,
                                                 Revision revision);
Result<std::optional<CommitRow>> newest_commit(const PinnedRows& rows, log::LineNumber line);
// Lines that show at least one commit.
Result<std::vector<log::LineNumber>> lines_shown(const PinnedRows& rows);

class Moment final : public Rows {
  public:
    // The newest rows of the view. The log is that which the rows were made from, and outlives
    // them.
    Moment(std::shared_ptr<const PinnedRows> rows, const log::LogReader& log, log::LineNumber line);
    // As of a commit end.
    Moment(std::shared_ptr<const PinnedRows> rows, const log::LogReader& log, log::LineNumber line,
           Revision revision);

    Result<std::optional<std::string>> get(Table table, std::string_view key) const override;
    // Asks the log's index, which knows where each thing begins: kept here, it would be a key more
    // for each new thing.
    Result<std::optional<PlacedThing>> place(EntityRef thing) const override;
    Result<void> scan(Table table, std::string_view from, std::string_view until,
                      Direction direction, const Visit& visit) const override;

    // The commit that ends at or before `revision`, which lies at or before the moment.
    Result<std::optional<CommitRow>> commit_ending_by(Revision revision) const {
        return projections::commit_ending_by(*rows_, line_, revision);
    }

    // Rows looked at so far, live or not: what a query cost.
    std::uint64_t rows_examined() const { return rows_examined_; }

  private:
    struct Range;
    bool reads_current(Table table) const { return now_ && has_current_rows(table); }
    Result<void> scan_current(Table table, const Range& range, const Visit& visit) const;
    Result<void> scan_history(Table table, const Range& range, const Visit& visit) const;
    Result<void> scan_history_back(Table table, const Range& range, const Visit& visit) const;

    std::shared_ptr<const PinnedRows> rows_;
    const log::LogReader& log_;
    log::LineNumber line_;
    Revision revision_;
    bool now_;
    mutable std::uint64_t rows_examined_ = 0;
};

} // namespace daybook::projections
