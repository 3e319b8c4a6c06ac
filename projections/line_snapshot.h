// A Snapshot over a moment of the store: where queries meet tables.
#pragma once

#include "projections/moment.h"
#include "projections/snapshot.h"

namespace daybook::projections {

// `rows` show the line as of `revision`.
std::unique_ptr<Snapshot> make_snapshot(std::unique_ptr<const Moment> rows, Revision revision);

} // namespace daybook::projections
