// The files of a thing: POST, GET, DELETE below it, and all files of a company under /files.
#pragma once

#include "api/routing/route.h"

namespace daybook::api {

std::vector<Route> attachment_routes();

} // namespace daybook::api
