// A backup beside another one, or beside a company: "B is A plus 312 events", or where they parted.
#pragma once

#include "api/restores/restore_job.h"
#include "api/routing/route.h"

namespace daybook::api {

// `desk` outlives the routes.
std::vector<Route> book_comparison_routes(RestoreDesk& desk);

} // namespace daybook::api
