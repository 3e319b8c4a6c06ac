// The service, for whoever has a thread to wait on: workers and the command line, never the
// writer's own thread.
#pragma once

#include "api/service.h"

namespace daybook::api {

command::Outcome submit_and_wait(Service& service, command::Submission submission);
// The line, filled and out of sight.
Result<log::LineNumber> fill_and_wait(Service& service, Service::FillStep step);
// Returns once the views show what is in the log now, or cannot.
void wait_until_shown(Service& service);

} // namespace daybook::api
