// The API's table of contents.
#pragma once

#include "api/backups/scheduler.h"
#include "api/metrics.h"
#include "api/operations/operations.h"
#include "api/restores/restore_job.h"
#include "api/routing/route.h"

namespace daybook::api {

// What the routes work with; all of it outlives the router. GET /api/openapi.json is made from the
// table itself.
struct Desks {
    Operations& operations;
    RestoreDesk& restores;
    BackupJobs& backups;
    const Scheduler& scheduler;
};
Router make_router(Metrics& metrics, const Desks& desks);

} // namespace daybook::api
