// Settings, each a thing: number series, tax rates, payment terms, money accounts; and locks.
#pragma once

#include "api/routing/route.h"

namespace daybook::api {

std::vector<Route> series_routes();
std::vector<Route> tax_rate_routes();
std::vector<Route> terms_routes();
std::vector<Route> money_account_routes();
std::vector<Route> lock_routes();

} // namespace daybook::api
