// Every answer below a company says at which revision its book stands (http-api.md, "Habits"): also
// a refusal, bytes, or a stream. In one place, so that no handler can forget it.
#pragma once

#include "api/http/message.h"
#include "api/service.h"

namespace daybook::api {

// Adds Daybook-Revision to what is answered below a company that is here, unless the handler has
// said which moment it shows. `service` outlives the answer.
Respond naming_revision(const Request& request, Service& service, Respond respond);

} // namespace daybook::api
