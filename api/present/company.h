// A company as requests give it and answers show it.
#pragma once

#include "api/handlers/resource.h"
#include "api/json/party_json.h"

namespace daybook::api {

// The members of POST /companies; all faults are noted in `input`.
CompanyProfile read_company(Input& input);
// The same members from a profile: what a PATCH merges into.
Json company_input_json(const CompanyProfile& profile);
Schema company_input_schema();

// live, standby, sandbox, retired or archived; the gravest wins.
std::string_view company_state_name(const domain::CompanyState& company);

std::expected<Json, Problem> show_company(const Call& call, const CompanyView& view,
                                          EntityRef thing, const projections::EntityRow& row);
Json company_form(const domain::CompanyState& company); // What its events say (form.h).
Schema company_schema();

} // namespace daybook::api
