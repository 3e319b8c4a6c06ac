// How far two lines tell the same story: a copy begins with the very records of its original.
#pragma once

#include "engine/log/event_log.h"

namespace daybook::log {

// The greatest n <= `at_most` such that the first n records of both lines are equal. Roots of
// prefixes are compared, so that it costs a few hashes, however long the lines are.
Result<Revision> common_prefix(const LogReader& log, LineNumber one, LineNumber other,
                               Revision at_most);
// The same for lines of two logs.
Result<Revision> common_prefix(const LogReader& log, LineNumber one, const LogReader& other_log,
                               LineNumber other, Revision at_most);

} // namespace daybook::log
