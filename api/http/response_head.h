// What every answer carries besides what its handler said, refusals included.
#pragma once

#include "api/http/message.h"

#include <string_view>

namespace daybook::api {

// Adds X-Request-Id, and each of the following unless the handler set it: X-Content-Type-Options:
// nosniff, Cache-Control: no-store, Referrer-Policy: no-referrer, Content-Security-Policy. Takes
// away what only the server may say: Content-Length, Transfer-Encoding, Connection.
void complete_headers(Response& response, std::string_view request_id);

// False when a name or value would break out of its line (response splitting). That is a mistake
// of the handler, answered with 500.
bool is_sendable(const Response& response);

// Whether a text may serve as request id: it ends up in logs and answers.
bool is_sane_request_id(std::string_view text);

} // namespace daybook::api
