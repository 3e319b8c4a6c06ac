// The feed: events of a company as a list, as NDJSON, and live as text/event-stream; one event
// with its stored bytes; the instance's own book.
#pragma once

#include "api/routing/route.h"

namespace daybook::api {

std::vector<Route> event_routes();

} // namespace daybook::api
