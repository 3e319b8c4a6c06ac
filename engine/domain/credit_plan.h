// The arithmetic of a credit note: what may still be credited of an invoice, and what a part of it
// comes to. Pure, over frozen amounts: nothing of the invoice is calculated again.
//
// Three invariants, whatever is credited in whatever order (domain.md 1):
//   - per line, per tax row and in total, credited <= invoiced;
//   - a tax row of a credit note = rounded tax on all credited so far − tax credited before;
//   - what empties a line, a tax row or the invoice takes the rest of it, to the last cent.
#pragma once

#include "engine/domain/books.h"
#include "engine/domain/commands.h"
#include "engine/domain/refusal.h"

#include <expected>
#include <map>
#include <vector>

namespace daybook::domain {

// All that credit notes took from one invoice so far.
struct CreditedSoFar {
    std::map<LineItemId, CreditedLine> lines; // Sums, taxes by group.
    Totals totals;
    bool itemised = true; // No imported credit note names the invoice without naming its lines.
};
CreditedSoFar credited_so_far(const Books& books, InvoiceId invoice);

struct CreditPlan {
    std::vector<Line> lines;            // Of the credit note.
    std::vector<CreditedLine> credited; // The same as parts of the invoice's lines.
    std::vector<TaxRow> taxes;          // In the invoice's order.
    Totals totals;
};

// Refuses, with pointers into the command: unknown_line, duplicate_line_id, too_many_decimals,
// amount_not_positive, credit_exceeds_invoice, nothing_to_credit.
std::expected<CreditPlan, Refusal> plan_credit(const Frozen& invoice, const CreditedSoFar& before,
                                               const CreditInvoice& command);

} // namespace daybook::domain
