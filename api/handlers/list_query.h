// From the parameters of a list's address to what the projections are asked. Every parameter that
// cannot be meant is named at once (400 bad_parameter); which ones a list takes at all, the router
// has checked against its route.
#pragma once

#include "api/handlers/resource.h"

namespace daybook::api {

// Without a place to begin at and without a day: those are the cursor's and the moment's.
std::expected<projections::ListQuery, Problem> read_list_query(const Resource& resource,
                                                               const Request& request);

} // namespace daybook::api
