// POST /companies/{c}/rollbacks and /undo: the books go back, by one commit that can be undone.
#pragma once

#include "api/routing/route.h"

#include <vector>

namespace daybook::api {

std::vector<Route> going_back_routes();

} // namespace daybook::api
