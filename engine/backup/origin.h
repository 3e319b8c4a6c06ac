// Of which books a backup is: its own line up to its last record or, where history was left out,
// the line and the moment that it was left out of.
#pragma once

#include "engine/backup/backup_file.h"
#include "events/company_events.h"

namespace daybook::backup {

Result<ForkParent> origin_of(const BackupFile& backup);

} // namespace daybook::backup
