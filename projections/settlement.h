// Layer 2: what settles an invoice. One row for each payment and each credit note that does, the
// sum of its live allocations to that invoice: a function of the payment's or the credit note's row
// alone. What the invoice was paid and credited is the sum over its rows, now or at any moment.
// A credit note that names an invoice has a row even when nothing of it is allocated there.
#pragma once

#include "engine/domain/balance.h"
#include "projections/rows.h"

#include <map>
#include <vector>

namespace daybook::projections {

using Settlements = std::map<InvoiceId, Amount>;

// Empty for things that settle nothing.
Settlements settlements_of(const domain::State& state);

Result<domain::Settled> settled(const Rows& rows, InvoiceId invoice);
// Payments and credit notes that settle the invoice or name it, by kind and id.
Result<std::vector<EntityRef>> settled_by(const Rows& rows, InvoiceId invoice);

std::string encode_settlement(Amount amount);

} // namespace daybook::projections
