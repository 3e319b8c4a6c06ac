// Taking a replacement back: the company's book of before becomes current again. No record is
// copied; it only learns which numbers the other book gave meanwhile, so that none is given twice.
#pragma once

#include "api/problem.h"
#include "api/service.h"

#include <expected>
#include <string_view>

namespace daybook::api {

// What to submit, but for actor, source and reason. 404 not_found; 409 not_replaced when that epoch
// is not the current one, or is none that replaced another.
std::expected<command::Submission, Problem> switch_back(const Service& service, CompanyId company,
                                                        std::string_view epoch);

} // namespace daybook::api
