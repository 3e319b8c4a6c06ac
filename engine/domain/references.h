// What a state names outside itself: other things, and days on which money or documents were
// booked. A rollback asks both: what a thing names must exist, and a locked day must not change.
#pragma once

#include "engine/domain/states.h"

#include <string_view>
#include <vector>

namespace daybook::domain {

// Things that must exist as long as this one is as it is. A thing may stand there more than once.
std::vector<EntityRef> references_of(const State& state);

struct Booking {
    std::string_view what; // "issued", "received", "allocated", …
    Date on;
    Amount amount;

    auto operator<=>(const Booking&) const = default;
};
// The dates that a lock guards (domain.md 1), sorted. Drafts book nothing.
std::vector<Booking> bookings_of(const State& state);
// Those that one of the two has and the other has not.
std::vector<Booking> bookings_moved(const State& before, const State& after);

} // namespace daybook::domain
