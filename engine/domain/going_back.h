// Going back is a commit of events (design 2.2 and 5): `CompanyRolledBack` says so, one `Returned`
// a thing does it, credit notes answer what cannot be taken back. Nothing is erased, so a going
// back is itself gone back on, to any depth.
//
// A plan is a decision with its reasons: the preview shows it before, the answer after.
#pragma once

#include "engine/domain/decide.h"
#include "engine/domain/kept_set.h"

#include <expected>
#include <vector>

namespace daybook::domain {

// The rule that chooses may improve; replay only applies what it chose (design 2.2).
inline constexpr std::uint32_t kGoingBackRules = 1;

// Things that one rollback may be asked for: more than a person picks, few enough for one record.
inline constexpr std::size_t kEntitiesMax = 5'000;

struct GoesBack {
    EntityRef thing;
    Version to_version = 0;
};
struct Stays {
    EntityRef thing;
    Version then = 0; // What it would have gone back to.
    KeptBecause because;
};
struct Credited {
    InvoiceId invoice_id;
    CreditNoteId credit_note_id;
};

struct GoingBack {
    Revision to = 0;
    std::vector<GoesBack> returned;
    std::vector<Stays> kept; // Of the things asked for.
    std::vector<Credited> credited;
    std::vector<NewEvent> events; // None when everything is already so.
};

using GoingBackPlan = std::expected<GoingBack, Refusal>;
// A place to go back to, or to copy: a commit end of the past. `pointer` names it in the request.
std::expected<void, Refusal> is_commit_end(const Timeline& timeline, Revision revision,
                                           const std::string& pointer);

GoingBackPlan plan(const Books& books, const RollBack& command, const Circumstances& now);
GoingBackPlan plan(const Books& books, const UndoCommit& command, const Circumstances& now);

Decision decide(const Books& books, const RollBack& command, const Circumstances& now);
Decision decide(const Books& books, const UndoCommit& command, const Circumstances& now);

} // namespace daybook::domain
