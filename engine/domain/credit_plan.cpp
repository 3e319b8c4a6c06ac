#include "engine/domain/credit_plan.h"

#include "engine/domain/credit_lines.h"
#include "engine/domain/credit_taxes.h"
#include "engine/domain/outcome.h"
#include "engine/domain/tax_groups.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace daybook::domain {
namespace {

void add_row(std::vector<TaxRow>& rows, const TaxRow& row) {
    const auto found = std::ranges::find(rows, key_of(row.tax),
                                         [](const TaxRow& other) { return key_of(other.tax); });
    if (found == rows.end()) {
        rows.push_back(row);
        return;
    }
    found->base += row.base;
    found->amount += row.amount;
}

void add_line(CreditedSoFar& sums, const CreditedLine& line) {
    CreditedLine& sum =
        sums.lines.try_emplace(line.line_id, CreditedLine{line.line_id, {}, {}, {}, {}})
            .first->second;
    sum.quantity.micro += line.quantity.micro;
    sum.net += line.net;
    sum.share += line.share;
    for (const TaxRow& row : line.taxes)
        add_row(sum.taxes, row);
}

constexpr std::array kTotals = {&Totals::lines, &Totals::discount, &Totals::net, &Totals::tax,
                                &Totals::total};

void add_totals(Totals& sum, const Totals& more) {
    for (const auto member : kTotals)
        sum.*member += more.*member;
}

// ---- lines of the credit note ------------------------------------------------------------------
// The line as it reads there: quantity × price − discount = net. A price reduction is one piece.
Line written(const TakenLine& taken, const TaxedLine& taxed, std::uint32_t position, int digits) {
    Line line = *taken.line;
    line.position = position;
    line.net = taken.net;
    line.discount_share = taken.share;
    line.taxable = taxed.taxable;
    if (taken.quantity == Decimal{}) {
        line.quantity = {kMicro};
        line.unit_price = {taken.net.minor * power_of_ten(6 - digits)};
        line.discount.reset();
        return line;
    }
    line.quantity = taken.quantity;
    const Wide product = Wide{line.quantity.micro} * line.unit_price.micro;
    const Wide gross = divide_rounded(product, Wide{kMicro} * kMicro / power_of_ten(digits));
    const Wide less = gross - taken.net.minor;
    const std::string reason = line.discount ? line.discount->reason : "";
    line.discount.reset();
    if (less != 0 && in_range(less))
        line.discount = Discount{{}, Amount{static_cast<std::int64_t>(less)}, reason};
    return line;
}

// One piece at that price must be a price.
Allowed fits_a_price(const std::vector<TakenLine>& taken, int digits) {
    for (const TakenLine& line : taken)
        if (line.quantity == Decimal{}
            && (line.net.minor > kDecimalMax / power_of_ten(6 - digits)
                || line.net.minor < -kDecimalMax / power_of_ten(6 - digits)))
            return refuse(Code::amount_overflow, to_text(line.net, digits));
    return {};
}

// ---- ceilings ----------------------------------------------------------------------------------
bool is_beyond(Amount credited, Amount invoiced) {
    return invoiced >= Amount{} ? credited < Amount{} || credited > invoiced
                                : credited > Amount{} || credited < invoiced;
}

// Lines are within theirs one by one; deductions can still push a row or the total beyond its own.
Allowed within_ceilings(const Frozen& invoice, const CreditedSoFar& before,
                        const CreditPlan& plan) {
    std::vector<TaxRow> rows = plan.taxes;
    for (const auto& [id, line] : before.lines)
        for (const TaxRow& row : line.taxes)
            add_row(rows, row);
    const auto refused = [](const std::string& what) {
        return refuse(Code::credit_exceeds_invoice, what,
                      {{"/lines", Code::credit_exceeds_invoice, what}});
    };
    for (const TaxRow& row : invoice.taxes) {
        const auto credited =
            std::ranges::find(rows, key_of(row.tax), [](const TaxRow& r) { return key_of(r.tax); });
        if (credited == rows.end())
            continue;
        if (is_beyond(credited->base, row.base) || is_beyond(credited->amount, row.amount))
            return refused(fmt::format("more {} at {} % than invoiced", row.tax.scheme,
                                       to_text(row.tax.rate)));
    }
    if (is_beyond(before.totals.total + plan.totals.total, invoice.totals.total))
        return refused("more than the total of the invoice");
    return {};
}

bool is_emptied(const Frozen& invoice, const CreditedSoFar& before,
                const std::vector<TakenLine>& taken) {
    return before.itemised && std::ranges::all_of(invoice.document.lines, [&](const Line& line) {
               if (line.kind != LineKind::item)
                   return true;
               const auto now = std::ranges::find(taken, &line, &TakenLine::line);
               if (now != taken.end())
                   return now->empties;
               const auto earlier = before.lines.find(line.id);
               return line.net == (earlier == before.lines.end() ? Amount{} : earlier->second.net);
           });
}

Totals totals_of(const CreditPlan& plan) {
    Totals totals;
    for (const Line& line : plan.lines) {
        totals.lines += line.net;
        totals.discount += line.discount_share;
        totals.net += line.taxable;
    }
    for (const TaxRow& row : plan.taxes)
        totals.tax += row.amount;
    totals.total = totals.net + totals.tax;
    return totals;
}

} // namespace

CreditedSoFar credited_so_far(const Books& books, InvoiceId invoice) {
    CreditedSoFar sums;
    for (const EntityRef& thing : books.touching({EntityKind::invoice, invoice.value})) {
        const auto* note = books.get<CreditNoteState>(thing.kind, thing.id);
        if (!note)
            continue;
        for (const CreditedInvoice& credited : note->credits) {
            if (credited.invoice_id != invoice)
                continue;
            sums.itemised &= !credited.lines.empty();
            for (const CreditedLine& line : credited.lines)
                add_line(sums, line);
            // Ours credit one invoice each; an imported one may name several, and its total then
            // counts against each of them: too little is credited rather than too much.
            add_totals(sums.totals, note->content.totals);
        }
    }
    return sums;
}

std::expected<CreditPlan, Refusal> plan_credit(const Frozen& invoice, const CreditedSoFar& before,
                                               const CreditInvoice& command) {
    const int digits = invoice.document.currency.likely_digits();
    const std::vector<TakenLine> taken = TRY(take_lines(invoice, before, command));
    TRY(fits_a_price(taken, digits));
    const std::vector<TaxedLine> taxed = tax_lines(invoice, before, taken);
    CreditPlan plan;
    for (std::size_t i = 0; i < taken.size(); ++i) {
        plan.lines.push_back(
            written(taken[i], taxed[i], static_cast<std::uint32_t>(i) + 1, digits));
        plan.credited.push_back(
            {taken[i].line->id, taken[i].quantity, taken[i].net, taken[i].share, taxed[i].taxes});
        for (const TaxRow& row : taxed[i].taxes)
            add_row(plan.taxes, row);
    }
    plan.totals = totals_of(plan);
    if (is_emptied(invoice, before,
                   taken)) // An import's totals need not be sums: the rest of each.
        for (const auto member : kTotals)
            plan.totals.*member = invoice.totals.*member - before.totals.*member;
    plan.totals.payable = plan.totals.total;
    if (plan.totals.total == Amount{})
        return refuse(Code::nothing_to_credit, {}, {{"/lines", Code::nothing_to_credit, {}}});
    TRY(within_ceilings(invoice, before, plan));
    if (plan.totals.total < Amount{})
        return refuse(Code::credit_exceeds_invoice, "only deductions would be credited");
    return plan;
}

} // namespace daybook::domain
