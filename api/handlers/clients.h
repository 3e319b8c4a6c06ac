// Clients: create, change, archive; list and one.
#pragma once

#include "api/routing/route.h"

namespace daybook::api {

std::vector<Route> client_routes();

} // namespace daybook::api
