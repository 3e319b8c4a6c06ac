// Opening a data directory: the order of steps that rocksdb_event_log.h promises.

#include "engine/log/damaged_log.h"
#include "engine/log/repair_swap.h"
#include "engine/log/rocksdb_event_log.h"
#include "engine/log/rocksdb_log_inspection.h"
#include "engine/log/rocksdb_log_writer.h"

#include <fmt/format.h>

namespace daybook::log {
namespace {

struct Paths {
    std::string directory;
    std::string head = directory + "/HEAD";
    std::string log = directory + "/log";
    std::string new_log = directory + "/log.new";
};

// Aside and then renamed, so that a log directory that exists is a whole one.
Result<void> create_log(Files& files, const Paths& paths, const Uuid& realm,
                        const RocksdbLogOptions& options) {
    TRY(files.remove_all(paths.new_log));
    {
        const auto store =
            TRY(RocksdbStore::open(paths.new_log, RocksdbStore::Mode::create, options));
        RocksdbStore::Batch birth = store->new_batch(1024);
        birth.put(Family::groups, group_key(0), birth_value(realm));
        TRY(store->write(birth));
    }
    TRY(files.sync_directory(paths.new_log));
    TRY(files.rename(paths.new_log, paths.log));
    return files.sync_directory(paths.directory);
}

OpenedLog open_damaged(const Paths& paths, const std::string& what, const FoundHead& head,
                       std::unique_ptr<DirectoryLock> lock, std::unique_ptr<RocksdbStore> store) {
    OpenedLog opened;
    if (head.position)
        opened.realm = head.position->realm;
    if (store != nullptr) {
        if (const auto end = read_log_end(*store)) {
            opened.groups = end->position.group;
            if (opened.realm.is_nil())
                opened.realm = end->position.realm;
        }
    }
    opened.damage = paths.directory + ": " + what;
    opened.log = std::make_unique<DamagedLog>(*opened.damage, std::move(lock), std::move(store));
    return opened;
}

// `looked` is what the read-only look saw and found good.
Result<OpenedLog> open_writable(Files& files, const Paths& paths, const LogEnd& looked,
                                const FoundHead& head, std::unique_ptr<DirectoryLock> lock,
                                const RocksdbLogOptions& options) {
    auto store = TRY(RocksdbStore::open(paths.log, RocksdbStore::Mode::writable, options));
    const LogEnd end = TRY(read_log_end(*store));
    if (end.position != looked.position)
        return fail(ErrorKind::corrupt,
                    fmt::format("{}: read-only it ended with group {}, writable it ends with {}",
                                paths.log, looked.position.group, end.position.group));
    if (!head.exists)
        TRY(create_head(files, paths.head, end.position));
    HeadFile head_file = TRY(HeadFile::open(files, paths.head));
    if (head.position && *head.position != end.position)
        TRY(head_file.write(end.position));

    auto reader = TRY(RocksdbLogReader::open(*store));
    OpenedLog opened{
        .log = {},
        .realm = end.position.realm,
        .groups = end.position.group,
        .damage = std::nullopt,
        .freeze = [&files, path = paths.head, live = store.get()]() -> Result<FrozenLog> {
            return FrozenLog{live->frozen(), TRY(find_head(files, path))};
        }};
    opened.log = std::make_unique<RocksdbEventLog>(
        std::move(lock), std::move(store), std::move(reader), std::move(head_file), end.position);
    return opened;
}

} // namespace

Result<OpenedLog> open_rocksdb_log(Files& files, const std::string& directory, IdSource& ids,
                                   const RocksdbLogOptions& options) {
    const Paths paths{.directory = directory};
    TRY(files.make_directory(directory));
    auto lock = TRY(files.lock(directory));
    // A process may have ended between a rename and its sync: what is seen is made certain before
    // anything is built on it.
    TRY(files.sync_directory(directory));
    TRY(finish_swap(files, directory));
    const FoundHead head = TRY(find_head(files, paths.head));
    if (!TRY(files.exists(paths.log))) {
        if (head.exists)
            return open_damaged(paths, "log/ is missing beside HEAD", head, std::move(lock), {});
        TRY(create_log(files, paths, ids.next_id(), options));
    }

    auto store = RocksdbStore::open(paths.log, RocksdbStore::Mode::read_only, options);
    if (!store.has_value())
        return open_damaged(paths, "log/ cannot be read: " + store.error().what, head,
                            std::move(lock), {});
    const auto looked = inspect_log(**store, head);
    if (!looked.has_value())
        return open_damaged(paths, looked.error().what, head, std::move(lock), std::move(*store));
    store->reset();
    return open_writable(files, paths, *looked, head, std::move(lock), options);
}

} // namespace daybook::log
