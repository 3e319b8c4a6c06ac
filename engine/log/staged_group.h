// A group between "checked" and "written": the batch that RocksDB will get, and the states that its
// lines will have. Nothing here is visible to anybody; dropping it undoes it.
#pragma once

#include "engine/log/group_chain.h"
#include "engine/log/rocksdb_log_reader.h"

namespace daybook::log {

class StagedGroup {
  public:
    StagedGroup(const RocksdbLogReader& lines, RocksdbStore::Batch& batch)
        : lines_(lines), batch_(batch) {}

    // Names a line in the group's row, whether or not a commit follows. The first deed counts.
    Result<void> name(LineNumber line, Deed deed);
    // The head of the line after this commit.
    Result<LineHead> add(const Commit& commit, Deed deed);

    std::vector<GroupEntry> entries() const;
    std::uint64_t record_bytes() const { return record_bytes_; }
    LineStates states() &&;

  private:
    struct Moving {
        Deed deed;
        Revision first;
        LineState state;
    };
    Result<Moving*> moving(LineNumber line, Deed deed);
    void add_record(LineNumber line, LineTree& tree, std::string_view record);

    const RocksdbLogReader& lines_;
    RocksdbStore::Batch& batch_;
    std::map<LineNumber, Moving> moving_;
    std::uint64_t record_bytes_ = 0;
};

// About what a batch of these commits takes in memory.
std::size_t batch_bytes(std::span<const Commit> group);

} // namespace daybook::log
