// The one door through which the log is written: batch, sync, head file, and only then success.
//
// It latches. After a failed write or sync nobody knows what is on the disk; a second try could
// succeed on pages that the kernel has already given up. So every later write is refused until a
// new process has read what is really there.
#pragma once

#include "engine/log/head_file.h"
#include "engine/log/rocksdb_store.h"

namespace daybook::log {

class GroupWriter {
  public:
    GroupWriter(RocksdbStore& store, HeadFile head, const ChainPosition& position)
        : store_(store), head_(std::move(head)), position_(position) {}

    // Refuses once anything has failed: ErrorKind::full where the disk was, else ErrorKind::io.
    Result<void> ready() const;
    // Adds the group's row to the batch and makes both durable. `record_bytes` is what the group
    // adds to the log.
    Result<void> write(RocksdbStore::Batch& batch, std::vector<GroupEntry> entries,
                       std::uint64_t record_bytes);
    // For removing what is out of sight; moves no line, so no group and no head.
    Result<void> write_without_group(RocksdbStore::Batch& batch);

    const ChainPosition& position() const { return position_; }

  private:
    Result<void> latch(Result<void> outcome);

    RocksdbStore& store_;
    HeadFile head_;
    ChainPosition position_;
    std::optional<Error> failure_;
};

std::string group_value(const Hash& chain, std::string_view row);

} // namespace daybook::log
