// The company itself: its profile, and the states that open and shut its books (domain.md 3).
//
//   live <-> archived          reads only
//   live  -> retired           final here, unless reinstated with a reason
//   standby, sandbox -> live   by activation, which says how far the original's numbers went
//
// Shut books refuse every write but the three that open them: Activate, Reinstate, Unarchive.
#pragma once

#include "engine/domain/outcome.h"

namespace daybook::domain {

// not_found, company_retired, company_archived, company_standby. A sandbox is open: what it issues
// never leaves it, and its numbers begin with TEST-.
Allowed company_allows(const Books& books, const Command& command,
                       const Circumstances& circumstances);

// Refuses with all faults of the profile at once. The company starts with a series for invoices and
// one for credit notes: FA-/AV- in France, INV-/CN- elsewhere, six digits, from 1 each year.
Decision decide(const Books& books, const CreateCompany& command, const Circumstances&);
// base_currency_frozen once there are documents.
Decision decide(const Books& books, const ChangeCompany& command, const Circumstances&);
Decision decide(const Books& books, const ArchiveCompany& command, const Circumstances&);
Decision decide(const Books& books, const UnarchiveCompany& command, const Circumstances&);
Decision decide(const Books& books, const RetireCompany& command, const Circumstances&);
Decision decide(const Books& books, const ReinstateCompany& command, const Circumstances&);

} // namespace daybook::domain
