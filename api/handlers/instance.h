// What the instance says of itself: me, capabilities, health, metrics, OpenAPI, checkpoints.
#pragma once

#include "api/backups/custody.h"
#include "api/metrics.h"
#include "api/routing/route.h"

namespace daybook::api {

// Both outlive the routes.
std::vector<Route> instance_routes(Metrics& metrics, const Custody& custody);
// GET /api/openapi.json, which describes the others and itself.
Route openapi_route(std::shared_ptr<Json> document);

} // namespace daybook::api
