// Payments: record, allocate, refund, reverse, annotate.
#pragma once

#include "api/handlers/resource.h"

namespace daybook::api {

const Resource& payments();
std::vector<Route> payment_routes();

} // namespace daybook::api
