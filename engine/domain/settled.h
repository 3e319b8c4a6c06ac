// What the books say has been set against an invoice: sums of live allocations of payments and
// credit notes. One sum for all deciders, so that none of them forgets a kind of allocation.
#pragma once

#include "engine/domain/balance.h"
#include "engine/domain/books.h"

namespace daybook::domain {

Settled settled(const Books& books, InvoiceId invoice);
// due() of the invoice as the books stand; it exists.
Amount due_now(const Books& books, InvoiceId invoice);

} // namespace daybook::domain
