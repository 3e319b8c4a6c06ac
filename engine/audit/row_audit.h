// Rows of the log that follow from nothing: of lines that no group names, of indexes and tiles that
// there are not, before the first record of a line. What stands in the rows themselves is for the
// other audits.
#pragma once

#include "engine/audit/chain_audit.h"

namespace daybook::audit {

void audit_rows(const log::RocksdbStore& store, const Promises& promises, Report& report);

} // namespace daybook::audit
