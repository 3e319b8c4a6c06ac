// History for people: of a company and of each thing, newest first, with what changed; and blame,
// which says of each field who set it last.
#pragma once

#include "api/routing/route.h"

namespace daybook::api {

std::vector<Route> history_routes();

} // namespace daybook::api
