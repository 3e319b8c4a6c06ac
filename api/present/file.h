// An attached file, without its bytes: what it is called, of what kind and size it is, whose it is,
// and whether its bytes are here.
#pragma once

#include "api/handlers/resource.h"

namespace daybook::api {

// With `actions`; in a list without.
std::expected<Json, Problem> show_file(const Call& call, const CompanyView& view, EntityRef thing,
                                       const projections::EntityRow& row);
std::expected<Json, Problem> show_file_in_list(const Call& call, const CompanyView& view,
                                               EntityRef thing, const projections::EntityRow& row);
Schema file_schema();
Schema file_in_list_schema();

} // namespace daybook::api
