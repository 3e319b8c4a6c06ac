// Operations and imports.
#pragma once

#include "api/operations/operations.h"
#include "api/restores/restore_job.h"
#include "api/routing/route.h"

namespace daybook::api {

// `desk` outlives the routes.
std::vector<Route> operation_routes(RestoreDesk& desk);
std::vector<Route> import_routes(RestoreDesk& desk);

} // namespace daybook::api
