// Who set each field of a thing to the value it has: not the rollback that brought it back, but the
// event that wrote it, with the revision at which it came back beside.
#pragma once

#include "api/routing/call.h"
#include "api/schema.h"

namespace daybook::api {

Reply blame(const Call& call, EntityKind kind);
Schema blame_schema();

} // namespace daybook::api
