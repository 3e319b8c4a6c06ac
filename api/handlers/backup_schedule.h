// GET and PUT …/backups/schedule: when a company is backed up by itself, how long that is kept,
// where it is copied to, how often it is restored for practice.
#pragma once

#include "api/backups/scheduler.h"
#include "api/routing/route.h"

#include <vector>

namespace daybook::api {

// `scheduler` and `jobs` outlive the routes.
std::vector<Route> backup_schedule_routes(BackupJobs& jobs, const Scheduler& scheduler);

} // namespace daybook::api
