// One thing out of a backup into the living company: a client, a product or a draft becomes what
// the file holds, by the command that anybody would have given. What is issued is a fact of its own
// books; of it, a draft is made.
#pragma once

#include "api/restores/restore_job.h"
#include "api/routing/route.h"

namespace daybook::api {

// `desk` outlives the routes.
std::vector<Route> take_out_routes(RestoreDesk& desk);

} // namespace daybook::api
