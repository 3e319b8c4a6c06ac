// Who set each field of a thing to the value it has: not the rollback that brought it back, but the
// event that wrote it, with the revision at which it came back beside.
#pragma once

#include "api/routing/call.h"
#include "api/schema.h"

namespace daybook::api {

Reply blame(const Call& call, EntityKind kind);
Reply blame_of_company(const Call& call); // Of its own profile: name, address, tax numbers, …
Schema blame_schema();

} // namespace daybook::api
