// Products: create, change, archive; list and one.
#pragma once

#include "api/routing/route.h"

namespace daybook::api {

std::vector<Route> product_routes();

} // namespace daybook::api
