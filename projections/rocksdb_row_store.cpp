#include "projections/rocksdb_row_store.h"

#include "engine/log/rocksdb_diary.h"
#include "engine/log/rocksdb_error.h"
#include "events/base/check.h"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/table.h>

namespace daybook::projections {
namespace {

rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
std::string_view view(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

std::unexpected<Error> failure(const rocksdb::Status& status, std::string_view where) {
    return std::unexpected(log::error_of(status, where));
}

rocksdb::Options tuned(const std::string& directory, const RowStoreOptions& options) {
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = rocksdb::NewLRUCache(options.block_cache_bytes);
    table.format_version = 5;
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));

    rocksdb::Options tuned;
    if (options.env != nullptr)
        tuned.env = options.env;
    tuned.create_if_missing = true;
    tuned.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    tuned.write_buffer_size = options.write_buffer_bytes;
    tuned.compression = rocksdb::kLZ4Compression;
    // A question seeks in each sorted run, so there are few: two files at the top, and below them
    // one level up to this size, which a million events fill.
    tuned.level0_file_num_compaction_trigger = 2;
    tuned.max_bytes_for_level_base = std::uint64_t{1024} * 1024 * 1024;
    tuned.allow_concurrent_memtable_write = false; // There is one writer.
    tuned.paranoid_checks = true;
    // A failed write makes the views lag; the projector says when to try again.
    tuned.max_bgerror_resume_count = 0;
    if (options.env == nullptr)
        tuned.info_log = log::open_diary(directory);
    return tuned;
}

// A row that goes leaves nothing among the current ones.
bool goes(const PhysicalRows::value_type& row) { return row.first[0] == 'c' && row.second.empty(); }

} // namespace

// ---- the store -------------------------------------------------------------------------------

Result<std::shared_ptr<RowStore>> RowStore::open(const std::string& directory,
                                                 const RowStoreOptions& options) {
    rocksdb::DB* database = nullptr;
    const rocksdb::Status status =
        rocksdb::DB::Open(tuned(directory, options), directory, &database);
    if (!status.ok())
        return failure(status, directory);
    return std::shared_ptr<RowStore>(
        new RowStore(directory, std::unique_ptr<rocksdb::DB>(database)));
}

RowStore::RowStore(std::string directory, std::unique_ptr<rocksdb::DB> database)
    : directory_(std::move(directory)), database_(std::move(database)) {}

RowStore::~RowStore() {
    database_.reset();
    if (closed_)
        closed_();
}

Result<void> RowStore::write(const PhysicalRows& rows) {
    rocksdb::WriteBatch batch;
    for (const auto& row : rows) {
        const rocksdb::Status status = goes(row) ? batch.Delete(slice(row.first))
                                                 : batch.Put(slice(row.first), slice(row.second));
        CHECK(status.ok(), "a batch takes any key and value below 4 GiB");
    }
    rocksdb::WriteOptions without_log;
    without_log.disableWAL = true;
    const rocksdb::Status status = database_->Write(without_log, &batch);
    if (!status.ok())
        return failure(status, directory_);
    keys_written_ += rows.size();
    bytes_written_ += batch.GetDataSize();
    return {};
}

Result<void> RowStore::ingest(const PhysicalRows& rows) {
    if (rows.empty())
        return {};
    const std::string path = directory_ + "/sorted-" + std::to_string(++ingested_) + ".sst";
    rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), database_->GetOptions());
    rocksdb::Status status = writer.Open(path);
    for (auto row = rows.begin(); status.ok() && row != rows.end(); ++row)
        status = goes(*row) ? writer.Delete(slice(row->first))
                            : writer.Put(slice(row->first), slice(row->second));
    if (status.ok())
        status = writer.Finish();
    const std::uint64_t bytes = status.ok() ? writer.FileSize() : 0;
    rocksdb::IngestExternalFileOptions moved;
    moved.move_files = true;
    if (status.ok())
        status = database_->IngestExternalFile({path}, moved);
    if (!status.ok())
        return failure(status, directory_);
    keys_written_ += rows.size();
    bytes_written_ += bytes;
    return {};
}

Result<void> RowStore::flush() {
    const rocksdb::Status status = database_->Flush(rocksdb::FlushOptions());
    if (!status.ok())
        return failure(status, directory_);
    return {};
}

Result<void> RowStore::resume() {
    const rocksdb::Status status = database_->Resume();
    if (status.IsBusy())
        return fail(ErrorKind::busy, directory_ + ": RocksDB waits for room on the disk");
    if (!status.ok())
        return failure(status, directory_);
    return {};
}

std::unique_ptr<PinnedRows> RowStore::pin() {
    return std::make_unique<PinnedRows>(shared_from_this());
}

// ---- reading ---------------------------------------------------------------------------------

PinnedRows::PinnedRows(std::shared_ptr<RowStore> store)
    : store_(std::move(store)), snapshot_(store_->database_->GetSnapshot()) {}
PinnedRows::~PinnedRows() {
    finder_.reset();
    store_->database_->ReleaseSnapshot(snapshot_);
}

Result<std::optional<std::string>> PinnedRows::get(std::string_view key) const {
    rocksdb::ReadOptions pinned;
    pinned.snapshot = snapshot_;
    std::string value;
    const rocksdb::Status status = store_->database_->Get(pinned, slice(key), &value);
    if (status.IsNotFound())
        return std::nullopt;
    if (!status.ok())
        return failure(status, store_->directory_);
    return value;
}

RowCursor PinnedRows::cursor() const {
    rocksdb::ReadOptions pinned;
    pinned.snapshot = snapshot_;
    return RowCursor(std::unique_ptr<rocksdb::Iterator>(store_->database_->NewIterator(pinned)));
}

RowCursor& PinnedRows::finder() const {
    if (!finder_)
        finder_ = cursor();
    return *finder_;
}

RowCursor::RowCursor(std::unique_ptr<rocksdb::Iterator> iterator)
    : iterator_(std::move(iterator)) {}
RowCursor::RowCursor(RowCursor&&) noexcept = default;
RowCursor& RowCursor::operator=(RowCursor&&) noexcept = default;
RowCursor::~RowCursor() = default;

void RowCursor::seek(std::string_view key) { iterator_->Seek(slice(key)); }
void RowCursor::seek_before(std::string_view key) {
    iterator_->SeekForPrev(slice(key));
    if (valid() && this->key() == key)
        iterator_->Prev();
}
void RowCursor::next() { iterator_->Next(); }
void RowCursor::previous() { iterator_->Prev(); }
bool RowCursor::valid() const { return iterator_->Valid(); }
std::string_view RowCursor::key() const { return view(iterator_->key()); }
std::string_view RowCursor::value() const { return view(iterator_->value()); }

Result<void> RowCursor::status() const {
    if (const rocksdb::Status status = iterator_->status(); !status.ok())
        return failure(status, "views");
    return {};
}

} // namespace daybook::projections
