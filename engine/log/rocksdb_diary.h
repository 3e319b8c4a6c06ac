// RocksDB's own diary, the file LOG beside a store's files: for whoever must find out one day what
// it did. Nothing depends on it, so a line that the disk does not take is left out.
//
// RocksDB's own logger cannot be used: Debian builds the library with its assertions on, and one of
// them ends the process at the second line that a full disk refuses.
#pragma once

#include <memory>
#include <string>

namespace rocksdb {
class Logger;
} // namespace rocksdb

namespace daybook::log {

// LOG in that directory, and LOG.old, where the diary before it goes; each up to 1 MiB. Opened at
// the first line, for RocksDB makes the directory. Threads: any.
std::shared_ptr<rocksdb::Logger> open_diary(const std::string& directory);

} // namespace daybook::log
