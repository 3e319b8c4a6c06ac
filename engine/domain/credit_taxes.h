// The second half of a credit plan: the tax on what goes back.
#pragma once

#include "engine/domain/credit_lines.h"

namespace daybook::domain {

// The tax base and the tax rows of each line taken, in the same order.
struct TaxedLine {
    Amount taxable;
    std::vector<TaxRow> taxes;
};
std::vector<TaxedLine> tax_lines(const Frozen& invoice, const CreditedSoFar& before,
                                 const std::vector<TakenLine>& taken);

} // namespace daybook::domain
