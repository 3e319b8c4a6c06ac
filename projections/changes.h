// Which things changed after a revision, read backwards from the change lists of commits.
//
// A thing is told of once, at the commit that set the state it has at the moment: its row says
// which commit that was, so nothing needs to be remembered, however much changed, and a page goes
// on from a place alone.
#pragma once

#include "projections/moment.h"
#include "projections/snapshot.h"

namespace daybook::projections {

// `rows` show the line as of `revision`.
Result<ChangePage> read_changes(const Moment& rows, Revision revision, const ChangeQuery& query);

} // namespace daybook::projections
