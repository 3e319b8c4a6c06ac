// What the events of a thing say of it, under the names and in the form that answers have: what
// history, diff, blame and previews compare, so that a pointer means the same wherever it stands.
// What follows from other things, or from the day, is not in it.
#pragma once

#include "api/private_text.h"
#include "engine/domain/states.h"
#include "events/base/json.h"
#include "events/json_difference.h"

#include <vector>

namespace daybook::api {

// Null for monostate. `digits` are those of amounts that name no currency.
Result<Json> form_of(const domain::State& state, int digits, const Unseal& unseal);
Result<std::vector<FieldChange>> changes_between(const domain::State& before,
                                                 const domain::State& after, int digits,
                                                 const Unseal& unseal);

// [{pointer, before, after}]
Json to_json_changes(const std::vector<FieldChange>& changes);

} // namespace daybook::api
