// Companies: create, change, archive, activate, retire; summary, receivables, state hash.
#pragma once

#include "api/routing/route.h"

namespace daybook::api {

std::vector<Route> company_routes();

} // namespace daybook::api
