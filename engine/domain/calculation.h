// The one calculator: line nets, the document discount shared out, tax per group, totals.
// Everything that shows or freezes an amount of a document calls it; nothing else rounds.
//
// Rules 1 (domain.md 1, EN 16931 BR-CO-10 … -17), exact integers, half away from zero:
//   net of a line = round(quantity × unit price − its discount)
//   the document discount is shared over tax groups with positive base by largest remainder, ties
//   to the first; inside a group over its lines in the same way
//   a group = equal (scheme, category, rate, exemption code); tax = round(base × rate)
//   prices with tax: per group base = round(gross ÷ (1 + Σ rates)), tax = gross − base
//   totals are sums, never computed again
#pragma once

#include "engine/domain/refusal.h"
#include "events/document.h"

namespace daybook::domain {

struct Calculated {
    std::vector<Line> lines;   // With net, discount_share and taxable filled in.
    std::vector<TaxRow> taxes; // In order of first appearance.
    Totals totals;

    bool operator==(const Calculated&) const = default;
};

// Refuses, with pointers into /lines/<i>/…: amount_overflow, discount_too_large, unknown_currency,
// too_many_lines, too_many_taxes, not_supported_yet (compound taxes).
std::expected<Calculated, Refusal> calculate(const Document& document, TaxRounding rounding);

} // namespace daybook::domain
