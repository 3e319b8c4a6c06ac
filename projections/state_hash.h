// The state hash, form 1: one number for everything a company's books say at a moment (design 5).
// The form is released: README.md of this folder draws it, a golden test holds it.
#pragma once

#include "engine/domain/states.h"
#include "projections/rows.h"

#include <string>

namespace daybook::projections {

inline constexpr int kStateHashForm = 1;

// One line of the form, without its line feed.
std::string state_line(EntityRef thing, const domain::State& state);
std::string counter_line(SeriesId series, const std::string& period, std::uint64_t last);

Result<Hash> state_hash(const Rows& rows);

} // namespace daybook::projections
