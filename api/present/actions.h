// What may be done with a thing: {issue: {allowed, why?, missing: [{pointer, code}]}, …}. Every
// verb that the route table has for a kind stands here under its own name, "-" as "_", and whether
// it is allowed is asked of its decider, which will judge it.
#pragma once

#include "api/schema.h"
#include "api/snapshot_books.h"

namespace daybook::api {

// Of one thing; of many at the same moment, with books that they share.
std::expected<Json, Problem> show_actions(const Call& call, const CompanyView& view,
                                          EntityRef thing, const domain::State& state);
std::expected<Json, Problem> show_actions(SnapshotBooks& books, EntityRef thing,
                                          const domain::State& state);

// Of the kind that has such states: actions_schema(domain::InvoiceState{}).
Schema actions_schema(const domain::State& state);

} // namespace daybook::api
