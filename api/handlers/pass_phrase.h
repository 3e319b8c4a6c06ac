// The pass phrase of a sealed backup, as requests give it: {"pass_phrase": …}. It is noted nowhere,
// neither in an operation nor in what is kept of a request.
#pragma once

#include "api/problem.h"
#include "api/routing/call.h"
#include "api/schema.h"
#include "events/identifiers.h"

#include <expected>
#include <string>

namespace daybook::api {

// Of a body that holds nothing else; empty where there is no body, or no pass phrase in it.
std::expected<std::string, Problem> pass_phrase_in(const Call& call);
Schema pass_phrase_schema();

// A hash that is kept must not let anybody try pass phrases against it.
Hash hash_without_pass_phrase(const Request& request);

} // namespace daybook::api
