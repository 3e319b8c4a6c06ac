// A list of clients or products that comes back: each row decided as the command that it is, on the
// books as the rows before it leave them.
#pragma once

#include "engine/domain/outcome.h"

namespace daybook::domain {

// All rows or none: every row that is refused is a fault at /rows/<line of the file>/…
Decision decide(const Books& books, const ImportList& command, const Circumstances& circumstances);

} // namespace daybook::domain
