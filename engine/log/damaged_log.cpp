#include "engine/log/damaged_log.h"

#include "engine/log/rocksdb_log_reader.h"

namespace daybook::log {
namespace {

// What can be read when nothing can be read.
class NothingSound final : public LogReader {
  public:
    explicit NothingSound(std::string damage) : damage_(std::move(damage)) {}

    Result<LineHead> head(LineNumber) const override { return damaged(); }
    Result<Hash> root_at(LineNumber, Revision) const override { return damaged(); }
    Result<std::vector<StoredRecord>> read(LineNumber, Revision, ReadLimit) const override {
        return damaged();
    }
    Result<std::vector<Hash>> leaves(LineNumber, Revision, Revision) const override {
        return damaged();
    }
    Result<Hash> subtree(LineNumber, unsigned, std::uint64_t) const override { return damaged(); }
    Result<std::optional<std::string>> find_index(LineNumber, Index,
                                                  std::string_view) const override {
        return damaged();
    }
    Result<std::vector<IndexEntry>> scan_index(LineNumber, Index, std::string_view) const override {
        return damaged();
    }
    Result<std::optional<std::string>> find_person(LineNumber, const Hash&) const override {
        return damaged();
    }
    Result<std::vector<LineNumber>> lines() const override { return damaged(); }

  private:
    std::unexpected<Error> damaged() const { return fail(ErrorKind::corrupt, damage_); }
    std::string damage_;
};

} // namespace

DamagedLog::DamagedLog(std::string damage, std::unique_ptr<DirectoryLock> lock,
                       std::unique_ptr<RocksdbStore> store)
    : damage_(std::move(damage)),
      lock_(std::move(lock)),
      store_(std::move(store)),
      sound_(std::make_unique<NothingSound>(damage_)) {
    if (store_ == nullptr)
        return;
    if (auto reader = RocksdbLogReader::open(*store_))
        sound_ = std::move(*reader);
}

std::unexpected<Error> DamagedLog::refuse() const {
    return fail(ErrorKind::corrupt, "the log is damaged and only read: " + damage_);
}

Result<std::vector<LineHead>> DamagedLog::append(std::span<const Commit>) { return refuse(); }
std::uint64_t DamagedLog::watch(Watcher) { return 0; }
void DamagedLog::unwatch(std::uint64_t) {}
Result<LineHead> DamagedLog::fill(const Commit&) { return refuse(); }
Result<std::vector<LineHead>> DamagedLog::show(LineNumber, std::span<const Commit>) {
    return refuse();
}
Result<std::vector<UnfinishedLine>> DamagedLog::unfinished_lines() const {
    return std::vector<UnfinishedLine>(); // None that anybody may touch.
}
Result<void> DamagedLog::sweep(LineNumber) { return refuse(); }

} // namespace daybook::log
