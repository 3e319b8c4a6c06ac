// What differs between two moments, of a company or of one thing, also against another book such as
// a copy: thing by thing, field by field, with the sums of both.
#pragma once

#include "api/routing/route.h"

namespace daybook::api {

std::vector<Route> diff_routes();

} // namespace daybook::api
