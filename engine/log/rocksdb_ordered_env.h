// RocksDB's environment, in which the file CURRENT never names a MANIFEST that a power cut can
// still take away.
//
// At every start RocksDB writes a new MANIFEST, syncs it, renames a file over CURRENT and then
// syncs the directory. POSIX lets a power cut before that last sync keep the rename and forget the
// name of the new MANIFEST: CURRENT names nothing, and the log does not open. Here the directory is
// synced before the rename, too. Found by the crash simulator, whose odd seeds keep names in any
// order.
#pragma once

#include <memory>
#include <rocksdb/env.h>

namespace daybook::log {

// On top of `base`, which must outlive it; all else is as it is there.
std::unique_ptr<rocksdb::Env> make_ordered_env(rocksdb::Env& base);

} // namespace daybook::log
