// Groups that HEAD says were acknowledged and that the log does not hold: which file held them, the
// first event that is lost, as far as what is left behind the damage tells, and the last that is
// not.
#pragma once

#include "engine/audit/chain_audit.h"
#include "engine/files.h"

namespace daybook::audit {

using NameLine = std::function<std::string(log::LineNumber)>; // "line 1 (Dupont SA)"

struct LogOnDisk {
    Files& files;
    const std::string& directory; // The data directory.
    const log::RocksdbStore& store;
};

// Nothing is found where HEAD promises no more than there is.
void find_lost_groups(const LogOnDisk& log, const log::FoundHead& head, const Promises& promises,
                      const NameLine& name_line, Report& report);

} // namespace daybook::audit
