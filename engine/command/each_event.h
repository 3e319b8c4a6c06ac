// A line from its first event to its last, a read at a time in memory.
#pragma once

#include "engine/log/event_log.h"
#include "events/event.h"

#include <functional>

namespace daybook::command {

// Calls `take` with each event, in order, until the end of the line or its first error.
Result<void> each_event(const log::LogReader& log, log::LineNumber line,
                        const std::function<Result<void>(const RecordedEvent&)>& take);

} // namespace daybook::command
