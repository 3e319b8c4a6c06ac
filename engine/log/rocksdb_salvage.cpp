#include "engine/log/rocksdb_salvage.h"

#include <algorithm>
#include <rocksdb/env.h>
#include <rocksdb/options.h>
#include <rocksdb/sst_file_reader.h>
#include <rocksdb/table_properties.h>

namespace daybook::log {
namespace {

constexpr std::size_t kBatchBytes = 4 * 1024 * 1024;
// A damaged block holds a few dozen records; the first key behind it is found by counting on.
constexpr int kKeysBehindDamage = 10'000;
// RocksDB gives these out in the order of making, from 1; 0 is its own.
constexpr std::uint64_t kFirstFamilyId = 1;

// The next key of a family whose keys end with a number; false where there is none.
bool count_on(Family family, std::string& key) {
    if (family != Family::records && family != Family::groups)
        return false;
    for (auto byte = key.rbegin(); byte != key.rbegin() + 8; ++byte) {
        *byte = static_cast<char>(*byte + 1);
        if (*byte != 0)
            return true;
    }
    return false;
}

class Salvage {
  public:
    Salvage(RocksdbStore& into, rocksdb::Env* env)
        : into_(into), batch_(into.new_batch(kBatchBytes)) {
        options_.env = env;
    }

    // A file that is no table, or of no family of ours, gives nothing.
    Result<void> take_table(const std::string& path) {
        rocksdb::SstFileReader table(options_);
        if (!table.Open(path).ok())
            return {};
        const auto properties = table.GetTableProperties();
        const std::uint64_t id = properties ? properties->column_family_id : 0;
        if (id < kFirstFamilyId || id >= kFirstFamilyId + kFamilyNames.size())
            return {};
        return take_entries(table, static_cast<Family>(id - kFirstFamilyId));
    }

    Result<void> finish() { return flush(); }

  private:
    Result<void> take_entries(rocksdb::SstFileReader& table, Family family) {
        std::string from;
        for (int tries = 0; tries < kKeysBehindDamage; ++tries) {
            const std::unique_ptr<rocksdb::Iterator> at(table.NewIterator(rocksdb::ReadOptions()));
            for (at->Seek(from); at->Valid(); at->Next()) {
                tries = 0;
                from = at->key().ToString();
                TRY(take(family, from, at->value().ToString()));
            }
            if (at->status().ok() || from.size() < 8 || !count_on(family, from))
                return {};
        }
        return {};
    }
    Result<void> take(Family family, const std::string& key, const std::string& value) {
        batch_.put(family, key, value);
        bytes_ += key.size() + value.size();
        return bytes_ < kBatchBytes ? Result<void>() : flush();
    }
    Result<void> flush() {
        TRY(into_.write(batch_));
        batch_.clear();
        bytes_ = 0;
        return {};
    }

    RocksdbStore& into_;
    RocksdbStore::Batch batch_;
    rocksdb::Options options_;
    std::size_t bytes_ = 0;
};

// Their numbers begin behind those of the new store, so that it reads them last.
std::string wal_name(std::size_t n) { return std::to_string(100'000'000 + n) + ".log"; }

} // namespace

Result<std::unique_ptr<RocksdbStore>> salvage_store(const std::string& directory,
                                                    const std::string& copy,
                                                    const RocksdbLogOptions& options) {
    rocksdb::Env* env = options.env != nullptr ? options.env : rocksdb::Env::Default();
    std::vector<std::string> names;
    static_cast<void>(env->GetChildren(directory, &names)); // Nothing there: nothing to salvage.
    std::ranges::sort(names);
    {
        const auto store = TRY(RocksdbStore::open(copy, RocksdbStore::Mode::create, options));
        Salvage salvage(*store, env);
        for (const std::string& name : names)
            if (name.ends_with(".sst"))
                TRY(salvage.take_table(directory + "/" + name));
        TRY(salvage.finish());
    }
    std::size_t wals = 0;
    for (const std::string& name : names) {
        std::string bytes;
        if (!name.ends_with(".log")
            || !rocksdb::ReadFileToString(env, directory + "/" + name, &bytes).ok())
            continue;
        const auto written =
            rocksdb::WriteStringToFile(env, bytes, copy + "/" + wal_name(wals++), true);
        if (!written.ok())
            return fail(ErrorKind::io, written.ToString());
    }
    return RocksdbStore::open(copy, RocksdbStore::Mode::salvaged, options);
}

} // namespace daybook::log
