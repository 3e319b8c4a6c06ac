// RocksDB as the log uses it: six column families, one synced batch at a time, plain reads. The
// only file of this folder that includes RocksDB's headers is rocksdb_store.cpp; its statuses leave
// it as Error. Threads: one writes, any read.
#pragma once

#include "engine/log/rocksdb_keys.h"

#include <functional>
#include <memory>
#include <optional>

namespace rocksdb {
class Env;
class WriteBatch;
} // namespace rocksdb

namespace daybook::log {

struct RocksdbLogOptions {
    // The file system and threads that RocksDB runs on; nothing = the machine's own. The crash
    // simulator passes one that loses what was not synced.
    rocksdb::Env* env = nullptr;
    std::size_t write_buffer_bytes = 32 * 1024 * 1024; // A family's, before it becomes a file.
    std::size_t block_cache_bytes = 64 * 1024 * 1024;
    int file_opening_threads = 16; // At a start; 1 = the caller's own.
};

class RocksdbStore {
  public:
    // salvaged: read only, with whatever can be read behind damage in a WAL (rocksdb_salvage.h).
    enum class Mode { create, read_only, writable, salvaged };

    // Changes of one group, in the order given.
    class Batch {
      public:
        void put(Family family, std::string_view key, std::string_view value);
        void remove(Family family, std::string_view key);
        void clear();
        ~Batch();

      private:
        friend class RocksdbStore;
        Batch(const RocksdbStore& store, std::size_t bytes);
        const RocksdbStore& store_;
        std::unique_ptr<rocksdb::WriteBatch> batch_;
    };

    static Result<std::unique_ptr<RocksdbStore>> open(const std::string& directory, Mode mode,
                                                      const RocksdbLogOptions& options);
    ~RocksdbStore();

    // The store as it is now, for reading, whatever is written from here on; it may outlive this
    // one, whose files stay open as long. What it reads drives nothing out of the cache.
    std::unique_ptr<RocksdbStore> frozen() const;

    // `bytes` is about what will be put, so that the batch need not grow.
    Batch new_batch(std::size_t bytes) const;
    // All or nothing, and durable when it returns. After a failure the outcome is unknown.
    Result<void> write(Batch& batch);

    Result<std::optional<std::string>> get(Family family, std::string_view key) const;

    struct Entry {
        std::string key;
        std::string value;
    };
    // The first and the last entry with from <= key < until. An empty `until` is no bound.
    Result<std::optional<Entry>> first(Family family, std::string_view from,
                                       std::string_view until) const;
    Result<std::optional<Entry>> last(Family family, std::string_view from,
                                      std::string_view until) const;
    // Reads every file whole and compares it with the checksum that the MANIFEST holds of it.
    Result<void> verify_checksums() const;
    // How many entries were ever put into a family from which nothing was removed and in which no
    // key was put twice. From the tables' own counts, so it is cheap; while nobody writes.
    Result<std::uint64_t> count_entries(Family family) const;
    // Entries with from <= key < until, in key order, while `visit` says true.
    using Visit = std::function<bool(std::string_view key, std::string_view value)>;
    Result<void> scan(Family family, std::string_view from, std::string_view until,
                      const Visit& visit) const;

  private:
    struct Opened; // Keep RocksDB's types out of this header.
    struct Moment;
    RocksdbStore(std::shared_ptr<Opened> opened, std::unique_ptr<Moment> moment);
    std::shared_ptr<Opened> opened_;
    std::unique_ptr<Moment> moment_;
};

} // namespace daybook::log
