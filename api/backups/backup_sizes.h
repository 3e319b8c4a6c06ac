// How large a backup will be, before it is made: told part by part, so that a person can leave one
// out. Records are sampled and compressed, never read whole; files are counted exactly.
#pragma once

#include "api/backups/backup_subject.h"

namespace daybook::api {

struct PartSize {
    std::string_view part;   // "events", "readable", "attachments", "emails"
    std::uint64_t count = 0; // Records; files.
    std::uint64_t bytes = 0; // In the backup.
    bool estimated = false;
};

Result<std::vector<PartSize>> backup_sizes(Service& service, const backup::Subject& subject);

} // namespace daybook::api
