// Settings of a company as answers show them: number series, tax rates, payment terms, money
// accounts and locks.
#pragma once

#include "api/present/actions.h"

namespace daybook::api {

// What their events say (form.h), which is all there is.
Json setting_form(const domain::SeriesState& series);
Json setting_form(const domain::TaxRateState& rate);
Json setting_form(const domain::TermsState& terms);
Json setting_form(const domain::MoneyAccountState& account);
Json setting_form(const domain::PeriodState& lock);

// Without its actions, which the list adds.
Json show_setting_row(EntityRef thing, const projections::EntityRow& row, const Json& form);
template <class S>
std::expected<Json, Problem> show_setting_in_list(const Call&, const CompanyView&, EntityRef thing,
                                                  const projections::EntityRow& row) {
    return show_setting_row(thing, row, setting_form(std::get<S>(row.state)));
}

// With `actions`, where it has verbs.
std::expected<Json, Problem> show_setting(const Call& call, const CompanyView& view,
                                          EntityRef thing, const projections::EntityRow& row,
                                          const Json& form);
template <class S>
std::expected<Json, Problem> show_setting(const Call& call, const CompanyView& view,
                                          EntityRef thing, const projections::EntityRow& row) {
    return show_setting(call, view, thing, row, setting_form(std::get<S>(row.state)));
}

} // namespace daybook::api
