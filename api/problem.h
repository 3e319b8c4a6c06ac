// "No" on the wire: application/problem+json (RFC 9457), in English or French.
//
// Refusals keep their own code and get their HTTP status from one table (problem.cpp); errors of
// the world are 500 or 503 and say nothing of the inside; what only HTTP can refuse (an unknown
// path, a missing precondition) is made here too.
#pragma once

#include "api/http/message.h"
#include "engine/domain/refusal.h"
#include "events/base/json.h"
#include "events/base/result.h"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::api {

struct ProblemFault {
    std::string pointer;
    std::string code;
    std::string detail;
};

struct Problem {
    int status = 500;
    std::string code;
    std::string title; // Empty = the catalogue's sentence for the code.
    std::string detail;
    std::vector<ProblemFault> faults;
    std::vector<NamedText> facts; // Members of their own, beside the standard ones.
    std::vector<domain::Obstacle> things;
    std::vector<Header> headers; // Allow, Retry-After …
    JsonObject members;          // More of their own, that are no plain text.
};

// The status of each code is documented in api/README.md and in OpenAPI.
int status_of(domain::Code code);
// One of its faults: {pointer, code, detail, choices?}. What asks for a choice lists them.
Json show_fault(const Problem& problem, const ProblemFault& fault, Language language);
Problem problem_of(const domain::Refusal& refusal);
// io and busy 503, full 507, corrupt 500, conflict 409, invalid 400, unsupported 422.
Problem problem_of(const Error& error);
// For codes that only this layer knows: not_found, method_not_allowed, if_match_required,
// malformed_json, unknown_parameter, bad_cursor, unsupported_media_type, body_too_large, replaying
// …
Problem problem(int status, std::string code, std::string detail = {});
// 400: what was asked for cannot be meant; the parameter is named, as "?limit", with what it takes.
std::unexpected<Problem> bad_parameter(std::string_view name, const std::string& takes);
std::unexpected<Problem> bad_cursor();

Language language_of(std::string_view accept_language); // French or, for anything else, English.
// The members of a problem's own, as its kind has them: facts that count are JSON numbers.
void add_facts(Json& body, const Problem& problem);
bool is_count(std::string_view fact);
Response to_response(const Problem& problem, Language language, std::string_view path,
                     std::string_view request_id);

// Every code an answer may carry, for OpenAPI and for the test that each is documented.
std::vector<std::string_view> all_problem_codes();
// Title of any code, refusal or HTTP.
std::string_view title_of(std::string_view code, Language language);

} // namespace daybook::api
