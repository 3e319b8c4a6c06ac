// A payment as answers show it. It is no document: its money names its currency.
#pragma once

#include "api/present/document.h"

namespace daybook::api {

std::expected<Json, Problem> show_payment(const Call& call, const CompanyView& view,
                                          EntityRef thing, const projections::EntityRow& row);
std::expected<Json, Problem> show_payment_in_list(const Call& call, const CompanyView& view,
                                                  EntityRef thing,
                                                  const projections::EntityRow& row);
Schema payment_schema();
Schema payment_in_list_schema();

} // namespace daybook::api
