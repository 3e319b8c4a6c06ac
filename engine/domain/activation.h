// Activation: a restored, copied or repaired book becomes the one that issues. Customers may hold
// documents that it has never seen, so whoever activates says, for every open series, the last
// number that is out there, 0 for none; numbering goes on above it (domain.md 1, "standby").
#pragma once

#include "engine/domain/outcome.h"

namespace daybook::domain {

// last_numbers_required names every open series that is left out.
Decision decide(const Books& books, const ActivateCompany& command, const Circumstances&);

} // namespace daybook::domain
