// The writing half of the RocksDB log: check, stage, write, publish, tell. One thread calls it.
#pragma once

#include "engine/files.h"
#include "engine/log/forwarding_log.h"
#include "engine/log/group_writer.h"
#include "engine/log/staged_group.h"
#include "engine/log/watchers.h"

namespace daybook::log {

class RocksdbEventLog final : public ForwardingLog {
  public:
    RocksdbEventLog(std::unique_ptr<DirectoryLock> lock, std::unique_ptr<RocksdbStore> store,
                    std::unique_ptr<RocksdbLogReader> reader, HeadFile head,
                    const ChainPosition& position);

    Result<std::vector<LineHead>> append(std::span<const Commit> group) override;
    std::uint64_t watch(Watcher watcher) override;
    void unwatch(std::uint64_t id) override;
    Result<LineHead> fill(const Commit& commit) override;
    Result<std::vector<LineHead>> show(LineNumber line, std::span<const Commit> with) override;
    Result<std::vector<UnfinishedLine>> unfinished_lines() const override;
    Result<void> sweep(LineNumber line) override;

  private:
    const LogReader& reader() const override { return *reader_; }
    Result<void> check(std::span<const Commit> group, std::optional<LineNumber> shown) const;
    Result<void> remove_everything(LineNumber line);
    Result<void> remove_keys(Family family, LineNumber line);
    void tell(const LineStates& moved) const;

    // In the order of need: the lock goes last.
    std::unique_ptr<DirectoryLock> lock_;
    std::unique_ptr<RocksdbStore> store_;
    std::unique_ptr<RocksdbLogReader> reader_;
    GroupWriter writer_;
    Watchers watchers_;
};

} // namespace daybook::log
