// The target of a request, decoded: "/api/v1/clients?q=caf%C3%A9" becomes segments and parameters.
//
// Cut first, decode then: an encoded slash stays inside its segment and an encoded "&" inside its
// value, so nobody can reach another route by encoding. What comes out is valid UTF-8 without
// control characters.
#pragma once

#include "api/http/message.h"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::api {

struct Target {
    std::string path;                  // The segments joined: for logs and messages, not routing.
    std::vector<std::string> segments; // "/" has none; "/a/" has "a" and "".
    std::vector<Header> query;         // In order; "a" and "a=" both have the value "".
};

// `text` is in origin form: it begins with "/" and is printable ASCII. The error says what is
// wrong with it. In the query "+" is a blank, as forms and URLSearchParams write it; a plus sign
// is "%2B".
std::expected<Target, std::string> parse_target(std::string_view text);

} // namespace daybook::api
