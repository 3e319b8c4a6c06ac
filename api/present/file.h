// An attached file, without its bytes: what it is called, of what kind and size it is, whose it is,
// and whether its bytes are here.
#pragma once

#include "api/handlers/resource.h"

namespace daybook::api {

// In a list without its actions, which the list adds.
std::expected<Json, Problem> show_file(const Call& call, const CompanyView& view, EntityRef thing,
                                       const projections::EntityRow& row);
std::expected<Json, Problem> show_file_in_list(const Call& call, const CompanyView& view,
                                               EntityRef thing, const projections::EntityRow& row);
Json file_form(const domain::FileState& file); // What its events say (form.h).
Schema file_schema();

} // namespace daybook::api
