// A payment as answers show it. It is no document: its money names its currency.
#pragma once

#include "api/present/document.h"

namespace daybook::api {

// In a list without its actions, which the list adds.
std::expected<Json, Problem> show_payment(const Call& call, const CompanyView& view,
                                          EntityRef thing, const projections::EntityRow& row);
std::expected<Json, Problem> show_payment_in_list(const Call& call, const CompanyView& view,
                                                  EntityRef thing,
                                                  const projections::EntityRow& row);
// What its own events say, without its private words (form.h).
Json payment_form(const domain::PaymentState& payment);
Schema payment_schema();

} // namespace daybook::api
