// What a document of ours says of itself, calculated a second time: each line from its quantity,
// price and discount, the tax bases from the lines, the totals from both. No code is shared with
// engine/domain/calculation.h but the rounding.
#pragma once

#include "engine/audit/report.h"
#include "events/document.h"

#include <tuple>

namespace daybook::audit {

// An invoice or a credit note that we issued. Stated amounts of an import are facts and need not
// add up.
void add_up(const std::string& where, const Frozen& frozen, Report& report);

// Its tax, of an invoice: what a credit note takes back of one is rounded with all that went back
// before (credit_audit.h).
void add_up_taxes(const std::string& where, const Frozen& frozen, Report& report);

// What makes two taxes one row: scheme, category, rate and exemption; not how they are called.
using TaxKind = std::tuple<std::string, TaxCategory, Decimal, std::string>;
TaxKind tax_kind_of(const Tax& tax);

// The tax on a base, in minor units.
std::int64_t rounded_tax(std::int64_t base, Decimal rate);

} // namespace daybook::audit
