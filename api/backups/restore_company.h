// A backup becomes a company again, beside whatever is there: its records verbatim in a line of
// their own, then the fork event that says what they were restored from (design 5). Standby until
// it is activated: it is read, exported and backed up, and neither issues nor sends.
#pragma once

#include "api/application.h"
#include "engine/backup/verification.h"

#include <string>

namespace daybook::api {

struct RestoredCompany {
    CompanyId company;
    std::string name;
    Revision revision = 0;       // Records of the file; the fork follows.
    bool second_of_name = false; // Another live book has its name: two that issue would clash.
    bool state_compared = false; // With the file's state hash, which is of its end alone.
};

// Restores records 1 to `until`, a commit end. ErrorKind::corrupt when root or state hash are not
// those of the file; nothing is shown before the root was compared. Never on the writer's thread.
Result<RestoredCompany> restore_company(Application& application, const backup::BackupFile& file,
                                        const backup::Verified& verified, Revision until,
                                        const backup::Progress& progress);

} // namespace daybook::api
