// The log of a data directory that is not what it was when it was last acknowledged. Whatever is
// sound can be read, so that people see their books and a backup can be compared; nothing is
// written, because a new record on damaged ground would make the damage part of the books.
#pragma once

#include "engine/files.h"
#include "engine/log/forwarding_log.h"
#include "engine/log/rocksdb_store.h"

#include <memory>

namespace daybook::log {

class DamagedLog final : public ForwardingLog {
  public:
    // Without a store that could be opened, every read fails with ErrorKind::corrupt too.
    DamagedLog(std::string damage, std::unique_ptr<DirectoryLock> lock,
               std::unique_ptr<RocksdbStore> store);

    Result<std::vector<LineHead>> append(std::span<const Commit> group) override;
    std::uint64_t watch(Watcher watcher) override; // Nothing will ever move.
    void unwatch(std::uint64_t id) override;
    Result<LineHead> fill(const Commit& batch) override;
    Result<std::vector<LineHead>> show(LineNumber line, std::span<const Commit> with) override;
    Result<std::vector<UnfinishedLine>> unfinished_lines() const override;
    Result<void> sweep(LineNumber line) override;

  private:
    const LogReader& reader() const override { return *sound_; }
    std::unexpected<Error> refuse() const;

    std::string damage_;
    std::unique_ptr<DirectoryLock> lock_;
    std::unique_ptr<RocksdbStore> store_;
    std::unique_ptr<LogReader> sound_;
};

} // namespace daybook::log
