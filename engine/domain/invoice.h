// The invoice decider: draft -> issued or void (domain.md 3). Each guard is one named refusal, in
// the order of that page; what is issued is frozen whole.
#pragma once

#include "engine/domain/decide.h"

namespace daybook::domain {

Decision decide(const Books& books, const DraftInvoice& command, const Circumstances& now);
Decision decide(const Books& books, const ChangeInvoice& command, const Circumstances& now);
Decision decide(const Books& books, const VoidInvoice& command, const Circumstances& now);
Decision decide(const Books& books, const IssueInvoice& command, const Circumstances& now);
Decision decide(const Books& books, const AnnotateInvoice& command, const Circumstances& now);

} // namespace daybook::domain
