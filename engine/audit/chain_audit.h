// The chain of groups, link by link from the birth of the log, and HEAD at its end.
#pragma once

#include "engine/audit/head_audit.h"
#include "engine/log/rocksdb_log_inspection.h"

#include <map>
#include <set>

namespace daybook::audit {

// What the groups promise of a line: after that group it had this root at this size.
struct Promise {
    std::uint64_t group = 0;
    Hash root;
};

struct Promises {
    std::map<log::LineNumber, std::map<Revision, Promise>> lines;
    std::set<log::LineNumber> unfinished; // Filled, not shown; the next start sweeps them.
    std::set<log::LineNumber> swept;      // On their way out, perhaps half gone.
    std::uint64_t last_group = 0;
    Uuid realm;
};

// Reads every group once. Everything that does not fit is found, but for groups that are missing at
// the end (lost_groups.h); what can be read is promised.
Result<Promises> audit_chain(const log::RocksdbStore& store, const HeadFound& found,
                             Report& report);

} // namespace daybook::audit
