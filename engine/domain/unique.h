// One holder a claim: the guard behind unique codes and patterns.
#pragma once

#include "engine/domain/outcome.h"

namespace daybook::domain {

// code_taken when somebody else holds the claim; the facts say who.
Allowed free_for(const Books& books, std::string_view claim, EntityRef thing, std::string pointer);

} // namespace daybook::domain
