// Crediting an invoice, whole or line by line, never beyond what was invoiced (domain.md 1).
#pragma once

#include "engine/domain/decide.h"

namespace daybook::domain {

// CreditNoteIssued and, when something is still due, CreditAllocated.
Decision decide(const Books& books, const CreditInvoice& command, const Circumstances& now);

} // namespace daybook::domain
