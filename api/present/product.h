// Products as requests give them and answers show them.
#pragma once

#include "api/handlers/resource.h"
#include "api/json/input.h"

namespace daybook::api {

// A request speaks of one name and one price, in the company's language and currency; further
// ones that a product may have are kept as they are in `profile`.
ProductProfile read_product(Input& input, const CompanyView& view, ProductProfile profile);
// The same members from a profile: what a PATCH merges into.
Json product_input_json(const ProductProfile& profile);
Schema product_input_schema();

Json product_form(const domain::ProductState& product); // What its events say (form.h).
std::expected<Json, Problem> show_product(const Call& call, const CompanyView& view,
                                          EntityRef thing, const projections::EntityRow& row);
// Without its actions, which the list adds.
std::expected<Json, Problem> show_product_in_list(const Call& call, const CompanyView& view,
                                                  EntityRef thing,
                                                  const projections::EntityRow& row);
Schema product_schema();

} // namespace daybook::api
