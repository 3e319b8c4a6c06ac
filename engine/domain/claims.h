// Unique names inside a company, as texts: who holds which follows from his state, so claims are
// given up and taken again by the same rule that made them, also when a thing goes back.
#pragma once

#include "engine/domain/states.h"

#include <string>
#include <string_view>
#include <vector>

namespace daybook::domain {

std::string product_code_claim(std::string_view code); // Folded: "AB-1" and "ab-1" are one.
std::string client_code_claim(std::string_view code);
std::string series_pattern_claim(std::string_view pattern);
// Sameness of an imported thing (domain.md 1): system, table, then id, or the row where there is
// none.
std::string source_claim(const External& external);

// All claims that follow from a state; empty for monostate. Source claims are not among them:
// they follow from the envelope of the creating event (engine/command/write_index.h).
std::vector<std::string> claims_of(const State& state);

} // namespace daybook::domain
