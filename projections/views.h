// The read side: three layers on one versioned table (design 2.3, 2.4), disposable by design.
//
// Opened beside a log, caught up from it, and thrown away whenever it does not fit: deleted,
// damaged, ahead of the log, of another realm, of an older code version, or another root at its
// position. Then it is built again aside and switched to.
#pragma once

#include "engine/files.h"
#include "events/event.h"
#include "projections/rocksdb_row_store.h"
#include "projections/snapshot.h"

#include <functional>
#include <memory>
#include <span>
#include <string>

namespace daybook::projections {

struct Lag {
    Revision behind = 0; // Records not yet shown, over all lines.
    bool rebuilding = false;
    std::string trouble; // Why it lags, when it is not mere work: a write error, in words.
};

struct Progress {
    std::uint64_t done = 0;
    std::uint64_t total = 0;
};

// Threads: one thread at a time calls apply(), catch_up_step() and rebuild(), the sequencer's; any
// thread takes snapshots and asks for the lag.
class Views {
  public:
    virtual ~Views() = default;

    // Shows one commit; called by the sequencer after the append, in order, for each commit.
    // A write error makes the views lag (lag().trouble), never the log fail. `root` is the line's
    // root after the commit. A commit that does not follow the line's position is caught up first.
    virtual void apply(log::LineNumber line, std::span<const RecordedEvent> commit,
                       const Hash& root) = 0;
    // Reads on from the log until nothing is behind, in bounded steps; true when nothing is left.
    virtual Result<bool> catch_up_step() = 0;
    virtual Lag lag() const = 0;

    // Builds everything again from the log in a directory aside, then switches; snapshots taken
    // before stay valid. `progress` is called now and then.
    virtual Result<void> rebuild(const std::function<void(const Progress&)>& progress) = 0;

    // The line at its newest shown revision, or as of the last commit end at or before `revision`.
    virtual Result<std::unique_ptr<Snapshot>> snapshot(log::LineNumber line) const = 0;
    virtual Result<std::unique_ptr<Snapshot>> snapshot_at(log::LineNumber line,
                                                          Revision revision) const = 0;
    // Resolves an instant to the revision of the last commit recorded at or before it; 0 = none.
    virtual Result<Revision> revision_at(log::LineNumber line, Timestamp at) const = 0;
    // Keys written to the views' store since it was opened: what commits cost.
    virtual std::uint64_t keys_written() const = 0;
    // The commit that contains the revision: {first, last}.
    virtual Result<std::pair<Revision, Revision>> commit_of(log::LineNumber line,
                                                            Revision revision) const = 0;
};

// `directory` is the data directory; the views live in its `views/`. Line 0 is not shown here.
// Opening never fails for the views' own state: what does not fit is rebuilt by catch_up_step().
// `files` and `log` outlive the views and every snapshot taken from them.
Result<std::unique_ptr<Views>> open_views(Files& files, const std::string& directory,
                                          const Uuid& realm, const log::LogReader& log,
                                          const RowStoreOptions& options = {});

} // namespace daybook::projections
