// What can still be read of a log whose RocksDB cannot be trusted, or not even be opened.
#pragma once

#include "engine/log/rocksdb_store.h"

namespace daybook::log {

// Makes a store at `copy` (where nothing is) of every entry that can be read in the sorted files
// and in the write-ahead logs of `directory`, and opens it. The MANIFEST is not asked, and
// `directory` is not written to. Entries that were removed may be there again and the newest may be
// missing: believe none that no hash vouches for.
Result<std::unique_ptr<RocksdbStore>> salvage_store(const std::string& directory,
                                                    const std::string& copy,
                                                    const RocksdbLogOptions& options);

} // namespace daybook::log
