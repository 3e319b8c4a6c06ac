// Links to the same resource in another way: a further page, another moment (RFC 8288).
#pragma once

#include "api/http/message.h"

#include <string>
#include <string_view>
#include <vector>

namespace daybook::api {

// RFC 3986: all but the unreserved characters.
std::string percent_encoded(std::string_view text);

// The query that was asked, but with `name` set to `value`, first, or left out when it is empty:
// "?cursor=AbC&status=paid". Empty when nothing is left.
std::string query_with(const Request& request, std::string_view name, std::string_view value);

// <target>; rel="relation"
std::string link(std::string_view target, std::string_view relation);

} // namespace daybook::api
