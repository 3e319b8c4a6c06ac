// Operations and imports.
#pragma once

#include "api/operations/operations.h"
#include "api/routing/route.h"

namespace daybook::api {

// `operations` outlives the routes.
std::vector<Route> operation_routes(Operations& operations);
std::vector<Route> import_routes(Operations& operations);

} // namespace daybook::api
