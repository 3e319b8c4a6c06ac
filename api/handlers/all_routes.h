// The API's table of contents.
#pragma once

#include "api/backups/scheduler.h"
#include "api/metrics.h"
#include "api/operations/operations.h"
#include "api/routing/route.h"

namespace daybook::api {

// All outlive the router. GET /api/openapi.json is made from the table itself.
Router make_router(Metrics& metrics, Operations& operations, BackupJobs& backups,
                   const Scheduler& scheduler);

} // namespace daybook::api
