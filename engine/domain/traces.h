// What an event leaves behind besides the state of its own thing: the invoices it names, and how
// far it moves a number series. Derived in one place, for the indexes beside the log and for books
// that are only thought of.
#pragma once

#include "engine/domain/books.h"

#include <string>
#include <vector>

namespace daybook::domain {

// The invoices that an event of a payment or credit note names.
std::vector<EntityRef> touched_by(const Event& event);

// Numbers that an event says were given, here or elsewhere.
std::vector<SeriesFloor> stated_floors(EntityRef thing, const Event& event);

// How far an event moves number series, whether it says so or gives a number: "at least this far".
struct SeriesAdvance {
    SeriesId series;
    std::string period;
    SeriesPosition to;
};
std::vector<SeriesAdvance> series_advances(EntityRef thing, const Event& event);

} // namespace daybook::domain
