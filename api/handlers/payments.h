// Payments: record, allocate, refund, reverse, annotate.
#pragma once

#include "api/routing/route.h"

namespace daybook::api {

std::vector<Route> payment_routes();

} // namespace daybook::api
