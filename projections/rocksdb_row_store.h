// RocksDB as the views use it: one column family, no write-ahead log, whole batches, pinned reads.
//
// What a crash leaves is a prefix of the batches written: one family's memtables become files in
// order, and a batch is never split between two. What is missing then is read from the log again.
// Only rocksdb_row_store.cpp includes RocksDB's headers. Threads: one writes, any read; a pinned
// view is used by one thread at a time and keeps its store open, whatever is switched meanwhile.
#pragma once

#include "projections/versioned_keys.h"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace rocksdb {
class DB;
class Env;
class Iterator;
class Snapshot;
} // namespace rocksdb

namespace daybook::projections {

struct RowStoreOptions {
    // The file system and threads that RocksDB runs on; nothing = the machine's own.
    rocksdb::Env* env = nullptr;
    std::size_t write_buffer_bytes = 64 * 1024 * 1024;
    std::size_t block_cache_bytes = 64 * 1024 * 1024;
};

class PinnedRows;

class RowStore : public std::enable_shared_from_this<RowStore> {
  public:
    // Makes the store when there is none.
    static Result<std::shared_ptr<RowStore>> open(const std::string& directory,
                                                  const RowStoreOptions& options);
    ~RowStore();
    RowStore(const RowStore&) = delete;
    RowStore& operator=(const RowStore&) = delete;

    // All or nothing; an empty value of class 'c' is a row that goes.
    Result<void> write(const PhysicalRows& rows);
    // The same as one sorted file, several times as fast for many rows; durable when it returns.
    Result<void> ingest(const PhysicalRows& rows);
    // Makes everything written durable.
    Result<void> flush();
    // Tries to leave the state in which RocksDB refuses writes after one has failed. On a full disk
    // RocksDB itself looks for room every few seconds; until it found some, this is `busy`. Any
    // other error is for good: RocksDB takes no more writes until the store is opened again.
    Result<void> resume();

    std::unique_ptr<PinnedRows> pin();
    // Runs once nobody reads the store any more and it is closed.
    void when_closed(std::function<void()> closed) { closed_ = std::move(closed); }

    // Keys written since it was opened: what a commit costs, for tests and benchmarks.
    std::uint64_t keys_written() const { return keys_written_; }
    std::uint64_t bytes_written() const { return bytes_written_; }

  private:
    friend class PinnedRows;
    RowStore(std::string directory, std::unique_ptr<rocksdb::DB> database);

    std::string directory_;
    std::unique_ptr<rocksdb::DB> database_;
    std::uint64_t ingested_ = 0;
    std::atomic<std::uint64_t> keys_written_ = 0;
    std::atomic<std::uint64_t> bytes_written_ = 0;
    std::function<void()> closed_;
};

// A place among the physical rows of a pinned view. Views it gives live until it moves.
class RowCursor {
  public:
    explicit RowCursor(std::unique_ptr<rocksdb::Iterator> iterator);
    RowCursor(RowCursor&&) noexcept;
    RowCursor& operator=(RowCursor&&) noexcept;
    ~RowCursor();

    void seek(std::string_view key);        // To the first at or after it.
    void seek_before(std::string_view key); // To the last before it.
    void next();
    void previous();
    bool valid() const;
    std::string_view key() const;
    std::string_view value() const;
    // A cursor that is not valid has come to an end or has failed.
    Result<void> status() const;

  private:
    std::unique_ptr<rocksdb::Iterator> iterator_;
};

class PinnedRows {
  public:
    explicit PinnedRows(std::shared_ptr<RowStore> store);
    ~PinnedRows();
    PinnedRows(const PinnedRows&) = delete;
    PinnedRows& operator=(const PinnedRows&) = delete;

    Result<std::optional<std::string>> get(std::string_view key) const;
    RowCursor cursor() const;
    // Always the same, for look-ups that remember no place: making a cursor costs as much as a
    // seek.
    RowCursor& finder() const;

  private:
    std::shared_ptr<RowStore> store_;
    const rocksdb::Snapshot* snapshot_;
    mutable std::optional<RowCursor> finder_;
};

} // namespace daybook::projections
