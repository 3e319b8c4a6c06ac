// The file of a backup, and links to it that need no other credential. Each download is noted in
// the instance's own book before its first byte is sent.
#pragma once

#include "api/backups/backup_jobs.h"
#include "api/routing/route.h"

#include <vector>

namespace daybook::api {

// `jobs` outlives the routes.
std::vector<Route> download_routes(BackupJobs& jobs);

} // namespace daybook::api
