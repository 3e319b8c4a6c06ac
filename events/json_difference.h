// Where two JSON values differ, leaf by leaf, as JSON Pointers with the values before and after.
#pragma once

#include "events/base/json.h"

#include <string>
#include <vector>

namespace daybook {

struct FieldChange {
    std::string pointer; // RFC 6901.
    Json before;         // Null = was not there.
    Json after;          // Null = is not there any more.
};

// In document order. Lists are compared item by item: by "id" where the items have one, by position
// otherwise, so that a moved line is not a changed one.
std::vector<FieldChange> changes_between(const Json& before, const Json& after);

} // namespace daybook
