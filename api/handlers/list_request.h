// GET of a list: its query parameters, its cursor, and its forms (JSON, CSV, NDJSON).
//
// A cursor is opaque, base64url of: revision of the first page, direction, position; signed by
// nothing, since it names nothing that its holder could not ask for anyway, but bound to the path
// and filters by a short digest (bad_cursor).
#pragma once

#include "api/handlers/resource.h"

namespace daybook::api {

Reply list(const Resource& resource, const Call& call);

} // namespace daybook::api
