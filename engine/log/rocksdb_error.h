// What RocksDB says, as an Error; included by files named rocksdb_* only.
#pragma once

#include "events/base/result.h"

#include <rocksdb/status.h>

namespace daybook::log {

// `during` names the store's directory, or what was done.
inline Error error_of(const rocksdb::Status& status, std::string_view during) {
    if (status.IsNoSpace())
        return Error{ErrorKind::full, "the disk is full: " + status.ToString()}.within(during);
    return Error{status.IsCorruption() ? ErrorKind::corrupt : ErrorKind::io, status.ToString()}
        .within(during);
}

} // namespace daybook::log
