// Operations and imports.
#pragma once

#include "api/operations/operations.h"
#include "api/restores/restore_job.h"
#include "api/routing/route.h"

namespace daybook::api {

// `operations` and `desk` outlive the routes.
std::vector<Route> operation_routes(Operations& operations);
std::vector<Route> import_routes(RestoreDesk& desk);

} // namespace daybook::api
