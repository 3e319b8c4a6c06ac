#include "engine/log/rocksdb_store.h"

#include "engine/log/rocksdb_diary.h"
#include "engine/log/rocksdb_error.h"
#include "engine/log/rocksdb_ordered_env.h"
#include "events/base/check.h"
#include "events/base/planted.h"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/table_properties.h>

namespace daybook::log {
namespace {

constexpr std::size_t kProtectionBytes = 8;

// A look at a log that may be damaged leaves no trace in it, not even a line in RocksDB's own
// diary.
class SilentLogger final : public rocksdb::Logger {
  public:
    using rocksdb::Logger::Logv;
    void Logv(const char*, va_list) override {}
};

rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
std::string_view view(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

bool is_read_only(RocksdbStore::Mode mode) {
    return mode == RocksdbStore::Mode::read_only || mode == RocksdbStore::Mode::salvaged;
}

rocksdb::DBOptions database_options(const std::string& directory, RocksdbStore::Mode mode,
                                    const RocksdbLogOptions& options) {
    rocksdb::DBOptions database;
    database.create_if_missing = mode == RocksdbStore::Mode::create;
    database.create_missing_column_families = mode == RocksdbStore::Mode::create;
    database.error_if_exists = mode == RocksdbStore::Mode::create;

    // Damage is looked for at every door.
    database.paranoid_checks = true;
    database.track_and_verify_wals_in_manifest = true;
    database.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
    // A torn tail is what a power cut leaves; a tail that was acknowledged is missed by HEAD.
    database.wal_recovery_mode = mode == RocksdbStore::Mode::salvaged
                                     ? rocksdb::WALRecoveryMode::kSkipAnyCorruptedRecords
                                     : rocksdb::WALRecoveryMode::kPointInTimeRecovery;
    // Families are flushed together: what survives of the log is one prefix of its groups.
    database.atomic_flush = true;
    // After a failed write the process ends; nobody tries to mend a log behind the writer's back.
    database.max_bgerror_resume_count = 0;
    database.recycle_log_file_num = 0;
    database.max_file_opening_threads = options.file_opening_threads;
    database.allow_mmap_reads = false;
    database.allow_mmap_writes = false;
    // Opening turns the WAL into checked files, so the part that a flipped bit can cut stays short.
    database.avoid_flush_during_recovery = false;
    database.max_total_wal_size = 64 * 1024 * 1024;

    if (is_read_only(mode))
        database.info_log = std::make_shared<SilentLogger>();
    else if (options.env == nullptr)
        database.info_log = open_diary(directory);
    return database;
}

rocksdb::ColumnFamilyOptions family_options(Family family, const RocksdbLogOptions& options,
                                            const std::shared_ptr<rocksdb::Cache>& cache) {
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = cache;
    table.format_version = 5;
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));

    rocksdb::ColumnFamilyOptions tuned;
    tuned.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    tuned.write_buffer_size = options.write_buffer_bytes;
    tuned.memtable_protection_bytes_per_key = kProtectionBytes;
    tuned.paranoid_file_checks = true;
    tuned.force_consistency_checks = true;
    // Hashes do not compress.
    tuned.compression =
        family == Family::tiles ? rocksdb::kNoCompression : rocksdb::kLZ4Compression;
    return tuned;
}

std::vector<rocksdb::ColumnFamilyDescriptor> families(const RocksdbLogOptions& options) {
    const auto cache = rocksdb::NewLRUCache(options.block_cache_bytes);
    std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
    for (std::size_t family = 0; family < kFamilyNames.size(); ++family)
        descriptors.emplace_back(kFamilyNames[family],
                                 family_options(static_cast<Family>(family), options, cache));
    // RocksDB insists on this one; nothing is ever in it.
    descriptors.emplace_back(rocksdb::kDefaultColumnFamilyName, rocksdb::ColumnFamilyOptions());
    return descriptors;
}

} // namespace

struct RocksdbStore::Opened {
    std::unique_ptr<rocksdb::Env> env; // Of the database, so released last.
    std::unique_ptr<rocksdb::DB> database;
    std::vector<std::unique_ptr<rocksdb::ColumnFamilyHandle>> handles; // Released first.

    rocksdb::ColumnFamilyHandle* handle(Family family) const {
        return handles[static_cast<std::size_t>(family)].get();
    }

    std::unique_ptr<rocksdb::Iterator> iterate(Family family,
                                               const rocksdb::ReadOptions& read) const {
        return std::unique_ptr<rocksdb::Iterator>(database->NewIterator(read, handle(family)));
    }
};

// What reads of a store see: all that is there, or what was there at a snapshot.
struct RocksdbStore::Moment {
    Moment() = default;
    explicit Moment(const std::shared_ptr<Opened>& opened)
        : snapshot(opened->database->GetSnapshot(), [opened](const rocksdb::Snapshot* held) {
              opened->database->ReleaseSnapshot(held);
          }) {}

    rocksdb::ReadOptions reading(const rocksdb::Slice* until = nullptr) const {
        rocksdb::ReadOptions read;
        read.snapshot = snapshot.get();
        read.fill_cache = snapshot == nullptr;
        read.iterate_upper_bound = until;
        return read;
    }

    std::shared_ptr<const rocksdb::Snapshot> snapshot;
};

Result<std::unique_ptr<RocksdbStore>> RocksdbStore::open(const std::string& directory, Mode mode,
                                                         const RocksdbLogOptions& options) {
    auto opened = std::make_shared<Opened>();
    opened->env = make_ordered_env(options.env ? *options.env : *rocksdb::Env::Default());
    rocksdb::DBOptions tuned = database_options(directory, mode, options);
    tuned.env = opened->env.get();
    const auto descriptors = families(options);
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* database = nullptr;
    const rocksdb::Status status =
        is_read_only(mode)
            ? rocksdb::DB::OpenForReadOnly(tuned, directory, descriptors, &handles, &database)
            : rocksdb::DB::Open(tuned, directory, descriptors, &handles, &database);
    if (!status.ok())
        return std::unexpected(error_of(status, directory));
    opened->database.reset(database);
    for (rocksdb::ColumnFamilyHandle* handle : handles)
        opened->handles.emplace_back(handle);
    return std::unique_ptr<RocksdbStore>(
        new RocksdbStore(std::move(opened), std::make_unique<Moment>()));
}

RocksdbStore::RocksdbStore(std::shared_ptr<Opened> opened, std::unique_ptr<Moment> moment)
    : opened_(std::move(opened)), moment_(std::move(moment)) {}
RocksdbStore::~RocksdbStore() = default;

std::unique_ptr<RocksdbStore> RocksdbStore::frozen() const {
    return std::unique_ptr<RocksdbStore>(
        new RocksdbStore(opened_, std::make_unique<Moment>(opened_)));
}

// ---- writing ---------------------------------------------------------------------------------

RocksdbStore::Batch::Batch(const RocksdbStore& store, std::size_t bytes)
    : store_(store), batch_(std::make_unique<rocksdb::WriteBatch>(bytes, 0, kProtectionBytes, 0)) {}
RocksdbStore::Batch::~Batch() = default;

void RocksdbStore::Batch::put(Family family, std::string_view key, std::string_view value) {
    const rocksdb::Status status =
        batch_->Put(store_.opened_->handle(family), slice(key), slice(value));
    CHECK(status.ok(), "a batch takes any key and value below 4 GiB");
}

void RocksdbStore::Batch::remove(Family family, std::string_view key) {
    const rocksdb::Status status = batch_->Delete(store_.opened_->handle(family), slice(key));
    CHECK(status.ok(), "a batch takes any key below 4 GiB");
}

void RocksdbStore::Batch::clear() { batch_->Clear(); }

RocksdbStore::Batch RocksdbStore::new_batch(std::size_t bytes) const { return Batch(*this, bytes); }

Result<void> RocksdbStore::write(Batch& batch) {
    rocksdb::WriteOptions durable;
    durable.sync = !planted("a group is not synced");
    const rocksdb::Status status = opened_->database->Write(durable, batch.batch_.get());
    if (!status.ok())
        return std::unexpected(error_of(status, opened_->database->GetName()));
    return {};
}

// ---- reading ---------------------------------------------------------------------------------

Result<std::optional<std::string>> RocksdbStore::get(Family family, std::string_view key) const {
    std::string value;
    const rocksdb::Status status =
        opened_->database->Get(moment_->reading(), opened_->handle(family), slice(key), &value);
    if (status.IsNotFound())
        return std::nullopt;
    if (!status.ok())
        return std::unexpected(error_of(status, opened_->database->GetName()));
    return value;
}

Result<void> RocksdbStore::scan(Family family, std::string_view from, std::string_view until,
                                const Visit& visit) const {
    const rocksdb::Slice end = slice(until);
    const auto at = opened_->iterate(family, moment_->reading(until.empty() ? nullptr : &end));
    for (at->Seek(slice(from)); at->Valid(); at->Next())
        if (!visit(view(at->key()), view(at->value())))
            break;
    if (!at->status().ok())
        return std::unexpected(error_of(at->status(), opened_->database->GetName()));
    return {};
}

Result<void> RocksdbStore::verify_checksums() const {
    const rocksdb::Status status = opened_->database->VerifyFileChecksums({});
    if (!status.ok())
        return std::unexpected(error_of(status, "a file"));
    return {};
}

Result<std::uint64_t> RocksdbStore::count_entries(Family family) const {
    rocksdb::TablePropertiesCollection tables;
    rocksdb::ColumnFamilyHandle* handle = opened_->handle(family);
    const rocksdb::Status status = opened_->database->GetPropertiesOfAllTables(handle, &tables);
    if (!status.ok())
        return std::unexpected(error_of(status, opened_->database->GetName()));
    std::uint64_t count = 0;
    for (const auto& [name, properties] : tables)
        count += properties->num_entries;
    for (const std::string& memory : {rocksdb::DB::Properties::kNumEntriesActiveMemTable,
                                      rocksdb::DB::Properties::kNumEntriesImmMemTables}) {
        std::uint64_t entries = 0;
        CHECK(opened_->database->GetIntProperty(handle, memory, &entries),
              "RocksDB counts the entries in its memory");
        count += entries;
    }
    return count;
}

Result<std::optional<RocksdbStore::Entry>> RocksdbStore::first(Family family, std::string_view from,
                                                               std::string_view until) const {
    std::optional<Entry> found;
    TRY(scan(family, from, until, [&](std::string_view key, std::string_view value) {
        found = Entry{std::string(key), std::string(value)};
        return false;
    }));
    return found;
}

Result<std::optional<RocksdbStore::Entry>> RocksdbStore::last(Family family, std::string_view from,
                                                              std::string_view until) const {
    const rocksdb::Slice end = slice(until);
    const auto at = opened_->iterate(family, moment_->reading(until.empty() ? nullptr : &end));
    at->SeekToLast();
    if (at->Valid() && view(at->key()) >= from)
        return Entry{at->key().ToString(), at->value().ToString()};
    if (!at->status().ok())
        return std::unexpected(error_of(at->status(), opened_->database->GetName()));
    return std::nullopt;
}

} // namespace daybook::log
