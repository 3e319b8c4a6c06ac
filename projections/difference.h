// What changed between two states of a thing, field by field, as JSON Pointers with the values
// before and after. History, diff, previews and blame all read it from here.
#pragma once

#include "engine/domain/states.h"
#include "events/base/json.h"

#include <string>
#include <vector>

namespace daybook::projections {

struct FieldChange {
    std::string pointer; // RFC 6901 into the state's JSON.
    Json before;         // Null = was not there.
    Json after;          // Null = is not there any more.
};

// A state as JSON; null for monostate. `digits` is for amounts that name no currency themselves.
Json state_to_json(const domain::State& state, int digits);
// Leaves that differ, in document order. Lists are compared item by item: by "id" where the items
// have one, by position otherwise, so that a moved line is not a changed one.
std::vector<FieldChange> changes_between(const Json& before, const Json& after);
std::vector<FieldChange> changes_between(const domain::State& before, const domain::State& after,
                                         int digits);

} // namespace daybook::projections
