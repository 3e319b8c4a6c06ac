// What an auditor takes along: signed heads, and proofs that a record is in the book and that the
// book only grew. They are read from the log alone; views that lag or are damaged do not matter.
#pragma once

#include "api/backups/custody.h"
#include "api/routing/route.h"

namespace daybook::api {

// The custody book outlives the routes.
std::vector<Route> proof_routes(const Custody& custody);
std::vector<Route> proof_bundle_routes(); // proof_bundles.cpp

} // namespace daybook::api
