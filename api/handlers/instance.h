// What the instance says of itself: me, capabilities, health, metrics, OpenAPI, checkpoints.
#pragma once

#include "api/metrics.h"
#include "api/routing/route.h"

namespace daybook::api {

// `metrics` outlives the routes.
std::vector<Route> instance_routes(Metrics& metrics);
// GET /api/openapi.json, which describes the others and itself.
Route openapi_route(std::shared_ptr<Json> document);

} // namespace daybook::api
