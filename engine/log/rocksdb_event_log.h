// The log on RocksDB, and how a data directory is opened.
//
//     <directory>/LOCK    held by the one process that owns the books
//     <directory>/HEAD    how far the log was acknowledged      (head_file.h)
//     <directory>/log/    RocksDB                               (rocksdb_keys.h)
//
// Opening trusts nothing: lock, read HEAD, open RocksDB read-only, compare, check the lines of the
// last group, and only then open for writing. RocksDB alone can lose acknowledged records in
// silence (a flipped bit in its WAL ends the log there; one in its MANIFEST can show an empty
// store, whose good files a writable open would then delete), so it is never opened for writing
// unless what it shows is what HEAD promised.
#pragma once

#include "engine/files.h"
#include "engine/log/line_writer.h"
#include "engine/log/rocksdb_log_inspection.h"
#include "engine/ports.h"

#include <functional>
#include <memory>

namespace daybook::log {

// The log at one moment, for whoever reads all of it while the writer goes on.
struct FrozenLog {
    std::unique_ptr<RocksdbStore> store;
    FoundHead head;
};

struct OpenedLog {
    std::unique_ptr<FillableLog> log; // Never null; holds the directory's lock.
    Uuid realm;                       // Of the installation; nil when damage hides it.
    std::uint64_t groups = 0;         // That the log holds.
    // Damaged mode: what is wrong and where. Reads serve what is sound, writes are refused with
    // ErrorKind::corrupt.
    std::optional<std::string> damage;
    // Of the writer's thread, between groups, while the log lives. None in damaged mode.
    std::function<Result<FrozenLog>()> freeze;
};

// Makes the directory's log when there is none. ErrorKind::busy when another process has it,
// ErrorKind::unsupported when a newer release wrote it; neither touches anything. `files` must
// outlive the log.
Result<OpenedLog> open_rocksdb_log(Files& files, const std::string& directory, IdSource& ids,
                                   const RocksdbLogOptions& options = {});

} // namespace daybook::log
