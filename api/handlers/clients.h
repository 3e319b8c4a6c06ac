// Clients: create, change, archive; list and one.
#pragma once

#include "api/handlers/resource.h"

namespace daybook::api {

const Resource& clients();
std::vector<Route> client_routes();

} // namespace daybook::api
