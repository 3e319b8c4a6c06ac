// The first half of a credit plan: which part of which line goes back.
#pragma once

#include "engine/domain/credit_plan.h"

namespace daybook::domain {

// The part of one invoiced line that a credit note takes.
struct TakenLine {
    const Line* line = nullptr; // Of the invoice.
    Decimal quantity;           // 0 when an amount was named: the goods stay.
    Amount net;
    Amount share;
    bool empties = false; // Nothing of the line's net is left.
};

// In the order of the invoice's lines.
std::expected<std::vector<TakenLine>, Refusal>
take_lines(const Frozen& invoice, const CreditedSoFar& before, const CreditInvoice& command);

} // namespace daybook::domain
