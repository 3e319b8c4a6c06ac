// What became of a thing since the version that somebody saw: told with 412, so that whoever may
// not write yet sees what he would have written over.
#pragma once

#include "api/routing/call.h"
#include "api/schema.h"

namespace daybook::api {

// Adds to a stale_version, as far as the books can be read: `entity`, `changes` (newest first, 20
// at most), `more_changes`, and `history`, where all of them are.
void say_what_changed(const Call& call, EntityRef thing, Problem& no);
// Those members, for OpenAPI.
std::vector<Member> changes_since_schema();

} // namespace daybook::api
