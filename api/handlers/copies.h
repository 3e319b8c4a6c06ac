// POST /companies/{c}/copies: the company as of any moment, as a sandbox of its own.
#pragma once

#include "api/operations/operations.h"
#include "api/routing/route.h"

#include <vector>

namespace daybook::api {

std::vector<Route> copy_routes(Operations& operations);

} // namespace daybook::api
