// Reading the log from RocksDB, and what is kept in memory for it: one small tree per line that was
// used, and the set of lines out of sight. A line is loaded when somebody first asks for it (at
// most 255 records are hashed), so that thousands of lines open as fast as one.
//
// What a reader sees of a line is a published, immutable state; records behind its head that a
// group in progress has already put into RocksDB do not exist for it.
#pragma once

#include "engine/log/rocksdb_store.h"
#include "engine/log/tiles.h"

#include <map>
#include <mutex>
#include <set>

namespace daybook::log {

struct LineState {
    LineTree tree;
    LineHead head; // Of the tree; computing a root costs a few hashes.
};
using LineStates = std::map<LineNumber, std::shared_ptr<const LineState>>;

class RocksdbLogReader final : public LogReader {
  public:
    static Result<std::unique_ptr<RocksdbLogReader>> open(const RocksdbStore& store);

    Result<LineHead> head(LineNumber line) const override;
    Result<Hash> root_at(LineNumber line, Revision size) const override;
    Result<std::vector<StoredRecord>> read(LineNumber line, Revision from,
                                           ReadLimit limit = {}) const override;
    Result<std::vector<Hash>> leaves(LineNumber line, Revision first, Revision last) const override;
    Result<Hash> subtree(LineNumber line, unsigned height, std::uint64_t index) const override;
    Result<std::optional<std::string>> find_index(LineNumber line, Index index,
                                                  std::string_view key) const override;
    Result<std::vector<IndexEntry>> scan_index(LineNumber line, Index index,
                                               std::string_view prefix) const override;
    Result<std::optional<std::string>> find_person(LineNumber line,
                                                   const Hash& name) const override;
    Result<std::vector<LineNumber>> lines() const override;

    // For the writer: the line as it is, in sight or not.
    Result<std::shared_ptr<const LineState>> state(LineNumber line) const;
    bool is_unfinished(LineNumber line) const;
    std::set<LineNumber> unfinished_lines() const;
    // Makes a durable group visible: new states, and the lines that went out of or into sight.
    void publish(const LineStates& moved, std::optional<LineNumber> hidden,
                 std::optional<LineNumber> shown);

  private:
    RocksdbLogReader(const RocksdbStore& store, std::set<LineNumber> unfinished)
        : store_(store), unfinished_(std::move(unfinished)) {}

    Result<std::shared_ptr<const LineState>> state_in_sight(LineNumber line) const;
    Result<std::vector<Hash>> leaves_of_tile(const LineTree& tree, LineNumber line,
                                             std::uint64_t tile) const;

    const RocksdbStore& store_;
    mutable std::mutex mutex_; // Guards both members below.
    mutable LineStates states_;
    std::set<LineNumber> unfinished_;
};

// The tree of a line as its records and crowns in RocksDB make it; nothing remembered is used.
Result<LineTree> derive_tree(const RocksdbStore& store, LineNumber line);

} // namespace daybook::log
