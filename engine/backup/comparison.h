// What two backups have in common: one may be the other and some more events, or they forked.
#pragma once

#include "engine/backup/backup_file.h"

namespace daybook::backup {

struct Comparison {
    Revision common = 0; // Records 1 to this one are the same, byte for byte.
    Revision only_a = 0; // How many follow in each.
    Revision only_b = 0;
};

// Reads both up to where they part.
Result<Comparison> compare(const BackupFile& a, const BackupFile& b);

} // namespace daybook::backup
