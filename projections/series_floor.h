// Series counters never go back: the last number of a series is the maximum over all its records,
// dead ones too (design 4). The living documents say most of it, each in its own row. What they do
// not say is kept as a floor: what SeriesAdvanced, a fork or an activation stated, and the number
// of a document at the moment it goes. So issuing an invoice writes no counter, and the maximum is
// right at every moment. A maximum is commutative like a sum.
#pragma once

#include "projections/card.h"
#include "projections/pending_rows.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace daybook::projections {

using SeriesCounters = std::map<std::pair<SeriesId, std::string>, std::uint64_t>; // By period.

// The number that would be forgotten when `before` becomes `after`.
std::optional<SeriesFloor> number_lost(const Card& before, const Card& after);

Result<void> raise_floor(PendingRows& rows, const SeriesFloor& floor);
Result<SeriesCounters> read_floors(const Rows& rows);
void raise(SeriesCounters& counters, const SeriesFloor& floor);
void raise(SeriesCounters& counters, const Card& card);

} // namespace daybook::projections
