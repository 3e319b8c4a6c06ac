#include "engine/audit/credit_audit.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::audit {
namespace {

bool is_within(std::int64_t credited, std::int64_t invoiced) {
    return std::min<std::int64_t>(invoiced, 0) <= credited
           && credited <= std::max<std::int64_t>(invoiced, 0);
}

} // namespace

void CreditAudit::add(Sums& sums, const std::vector<TaxRow>& rows) {
    for (const TaxRow& row : rows) {
        Sum& sum = sums[tax_kind_of(row.tax)];
        sum.base += row.base.minor;
        sum.tax += row.amount.minor;
    }
}

void CreditAudit::see_invoice(const Uuid& id, const Frozen& frozen, bool imported) {
    Invoice& invoice = invoices_[id];
    invoice = {frozen.number, {}, false};
    add(invoice.rows, frozen.taxes);
    const auto is_compound = [](const TaxRow& row) { return !row.tax.compound_on.empty(); };
    invoice.is_rounded_by_rate = !imported && !frozen.document.prices_include_tax
                                 && frozen.calculation.tax_rounding == TaxRounding::per_rate
                                 && std::ranges::none_of(frozen.taxes, is_compound);
}

void CreditAudit::see_credit(const std::string& where, const Frozen& frozen,
                             const std::vector<CreditedInvoice>& credits, Report& report) {
    Sums of_lines, of_note;
    for (const CreditedInvoice& credit : credits)
        for (const CreditedLine& line : credit.lines) {
            add(of_lines, line.taxes);
            if (!credit.invoice_id)
                continue;
            add(credited_[credit.invoice_id->value], line.taxes);
            moved_.insert(credit.invoice_id->value);
        }
    add(of_note, frozen.taxes);
    if (of_lines != of_note)
        report.find(where, frozen.number + ": its taxes are not those of the lines it credits");
}

void CreditAudit::check(const std::string& where, Report& report) {
    for (const Uuid& id : moved_)
        if (const auto invoice = invoices_.find(id); invoice != invoices_.end())
            check(where, invoice->second, credited_[id], report);
    moved_.clear();
}

void CreditAudit::check(const std::string& where, const Invoice& invoice, const Sums& credited,
                        Report& report) {
    for (const auto& [kind, sum] : credited) {
        const auto row = invoice.rows.find(kind);
        if (row != invoice.rows.end()
            && (!is_within(sum.base, row->second.base) || !is_within(sum.tax, row->second.tax)))
            report.find(where, fmt::format("{}: of {} with {} of tax more is credited: {} with {} "
                                           "(in minor units)",
                                           invoice.number, row->second.base, row->second.tax,
                                           sum.base, sum.tax));
        if (const std::int64_t tax = rounded_tax(sum.base, std::get<Decimal>(kind));
            invoice.is_rounded_by_rate && sum.tax != tax)
            report.find(where, fmt::format("{}: on {} credited in all, the tax credited is {} and "
                                           "comes to {} (in minor units)",
                                           invoice.number, sum.base, sum.tax, tax));
    }
}

} // namespace daybook::audit
