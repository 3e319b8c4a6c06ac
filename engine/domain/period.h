// Locks: until which date the books are shut. Each lock is a thing of its own; the books are locked
// through the latest that is not lifted. Nothing is ever dated inside a lock or in the future.
#pragma once

#include "engine/domain/outcome.h"

namespace daybook::domain {

// A date inside a lock: period_locked, with `locked_through` as a fact.
Allowed not_locked(const Books& books, Date on, std::string pointer);
// Nor after today: dated_in_future.
Allowed date_is_open(const Books& books, Date on, const Circumstances& circumstances,
                     std::string pointer);

Decision decide(const Books& books, const LockPeriod& command, const Circumstances& circumstances);
Decision decide(const Books& books, const UnlockPeriod& command,
                const Circumstances& circumstances);

} // namespace daybook::domain
