// What a backup knows of the time after one of its moments: what a book restored as of then must
// not do again, or should be told.
#pragma once

#include "engine/backup/backup_file.h"
#include "events/company_events.h"

namespace daybook::backup {

struct Aftermath {
    std::vector<SeriesFloor> floors;     // How far each series came, anywhere in the file.
    std::vector<OnlyInParent> documents; // Issued after the moment; at most 5,000.
};

Result<Aftermath> aftermath_of(const BackupFile& backup, Revision moment);

} // namespace daybook::backup
