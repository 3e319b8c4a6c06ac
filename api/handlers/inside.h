// Looking into a backup without restoring it: everything that can be asked of a company here can be
// asked of an uploaded file, by the same routes, below /uploads/{upload}/books.
#pragma once

#include "api/restores/restore_job.h"
#include "api/routing/route.h"

namespace daybook::api {

// `desk` outlives the routes.
std::vector<Route> inside_routes(RestoreDesk& desk);

} // namespace daybook::api
