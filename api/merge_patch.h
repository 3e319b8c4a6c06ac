// JSON merge patch, RFC 7396: members of the patch replace, null removes, arrays are whole.
#pragma once

#include "events/base/json.h"

namespace daybook::api {

Json merge_patch(const Json& target, const Json& patch);

} // namespace daybook::api
