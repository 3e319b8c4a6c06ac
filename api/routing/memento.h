// Past states by the web's own means (RFC 7089): an answer that shows a past moment says when that
// was and where the present one is; and a client that knows no as_of may ask with Accept-Datetime.
// Each resource is its own time gate.
#pragma once

#include "api/http/message.h"
#include "events/calendar.h"
#include "events/identifiers.h"

#include <optional>
#include <string>
#include <string_view>

namespace daybook::api {

struct Memento {
    Timestamp recorded_at;        // Of the commit that is shown.
    std::string original;         // The same resource, now.
    std::string content_location; // The same memento by as_of; empty when that is how it was asked.
};

// Of a request with as_of= or Accept-Datetime.
Memento memento_of(const Request& request, Revision revision, Timestamp recorded_at);
void add_headers(Response& response, const Memento& memento);

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, IMF-fixdate).
std::string to_http_date(Timestamp at);
// The beginning of that second; nothing for any other form, or the wrong day of the week.
std::optional<Timestamp> parse_http_date(std::string_view text);

} // namespace daybook::api
