// Looking at a log before it is trusted. Everything here only reads.
#pragma once

#include "engine/files.h"
#include "engine/log/group_chain.h"
#include "engine/log/rocksdb_store.h"

namespace daybook::log {

// HEAD as it was found: absent, sound (a position), or neither.
struct FoundHead {
    bool exists = false;
    std::optional<ChainPosition> position;
    std::string trouble;
};

// Reads the file of that path. ErrorKind::unsupported when a newer release wrote it.
Result<FoundHead> find_head(Files& files, const std::string& path);

// What key 0 of the groups holds from the log's first moment on.
std::string birth_value(const Uuid& realm);

// The end of the chain, its last link computed again. ErrorKind::corrupt for a log without birth,
// or whose last group does not continue the one before.
Result<LogEnd> read_log_end(const RocksdbStore& store);

// The end of a log that agrees with HEAD, that has a row for every group up to its end, and whose
// last group's lines hash to the roots that the group promised. Any error is damage, in words.
Result<LogEnd> inspect_log(const RocksdbStore& store, const FoundHead& head);

} // namespace daybook::log
