#include "engine/audit/document_audit.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace daybook::audit {
namespace {

constexpr Wide kAll = Wide{100} * kMicro; // 100 %.

// Of one document; says what is wrong as it finds it.
class Sums {
  public:
    Sums(const std::string& where, const Frozen& frozen, Report& report)
        : where_(where), frozen_(frozen), document_(frozen.document), report_(report) {}

    void lines_from_prices() {
        for (const Line& line : document_.lines)
            expect("line " + std::to_string(line.position), line.net.minor, net_of(line));
    }

    void totals_from_lines() {
        const Totals& totals = frozen_.totals;
        std::int64_t lines = 0, discount = 0, net = 0, taxes = 0;
        for (const Line& line : document_.lines) {
            lines += line.net.minor;
            discount += line.discount_share.minor;
            net += line.taxable.minor;
            if (!document_.prices_include_tax)
                expect("base of line " + std::to_string(line.position), line.taxable.minor,
                       line.net.minor - line.discount_share.minor);
        }
        for (const TaxRow& row : frozen_.taxes) {
            taxes += row.amount.minor;
            expect("tax base", row.base.minor, base_of(row.tax));
        }
        expect("sum of lines", totals.lines.minor, lines);
        expect("discount", totals.discount.minor, discount);
        expect("net", totals.net.minor, net + totals.charges.minor);
        expect("sum of taxes", totals.tax.minor, taxes);
        expect("total", totals.total.minor, totals.net.minor + totals.tax.minor);
        if (document_.prices_include_tax)
            expect("total", totals.total.minor,
                   lines - totals.discount.minor + totals.charges.minor);
        expect("payable", totals.payable.minor,
               totals.total.minor - totals.prepaid.minor + totals.rounding.minor);
    }

    void taxes_on_top() {
        const bool by_line = frozen_.calculation.tax_rounding == TaxRounding::per_line;
        for (const TaxRow& row : frozen_.taxes) {
            std::int64_t tax = by_line ? 0 : rounded_tax(row.base.minor, row.tax.rate);
            for (const Line& line : document_.lines)
                if (by_line && bears(line, row.tax))
                    tax += rounded_tax(line.taxable.minor, row.tax.rate);
            expect("tax", row.amount.minor, tax);
        }
    }

    // Lines that bear the same taxes share one rounding, or have one each.
    void bases_within_prices() {
        std::map<std::vector<TaxKind>, std::pair<std::int64_t, std::int64_t>> buckets;
        for (const Line& line : document_.lines) {
            std::vector<TaxKind> kinds;
            for (const Tax& tax : line.taxes)
                kinds.push_back(tax_kind_of(tax));
            std::ranges::sort(kinds);
            const std::int64_t gross = line.net.minor - line.discount_share.minor;
            if (frozen_.calculation.tax_rounding == TaxRounding::per_line) {
                expect("base of line " + std::to_string(line.position), line.taxable.minor,
                       base_within(gross, kinds));
                continue;
            }
            auto& [gross_sum, base_sum] = buckets[kinds];
            gross_sum += gross;
            base_sum += line.taxable.minor;
        }
        for (const auto& [kinds, sums] : buckets)
            expect("base within prices", sums.second, base_within(sums.first, kinds));
    }

  private:
    static bool bears(const Line& line, const Tax& tax) {
        return std::ranges::find(line.taxes, tax_kind_of(tax), tax_kind_of) != line.taxes.end();
    }
    std::int64_t base_of(const Tax& tax) const {
        std::int64_t base = 0;
        for (const Line& line : document_.lines)
            if (bears(line, tax))
                base += line.taxable.minor;
        return base;
    }
    static std::int64_t base_within(std::int64_t gross, const std::vector<TaxKind>& kinds) {
        Wide rates = 0;
        for (const TaxKind& kind : kinds)
            rates += std::get<Decimal>(kind).micro;
        return static_cast<std::int64_t>(divide_rounded(Wide{gross} * kAll, kAll + rates));
    }
    // round(quantity × unit price − discount): one rounding.
    std::int64_t net_of(const Line& line) const {
        if (line.kind != LineKind::item)
            return 0;
        const Wide unit = Wide{kMicro} * kMicro / power_of_ten(document_.currency.likely_digits());
        const Wide gross = Wide{line.quantity.micro} * line.unit_price.micro;
        if (line.discount && line.discount->percent)
            return static_cast<std::int64_t>(
                divide_rounded(gross * (kAll - line.discount->percent->micro), unit * kAll));
        const Wide less = line.discount ? Wide{line.discount->amount->minor} * unit : Wide{0};
        return static_cast<std::int64_t>(divide_rounded(gross - less, unit));
    }
    void expect(const std::string& what, std::int64_t said, std::int64_t found) {
        if (said != found)
            report_.find(where_, fmt::format("{}: its {} is {} and comes to {} (in minor units)",
                                             frozen_.number, what, said, found));
    }

    const std::string& where_;
    const Frozen& frozen_;
    const Document& document_;
    Report& report_;
};

} // namespace

TaxKind tax_kind_of(const Tax& tax) {
    return {tax.scheme, tax.category, tax.rate,
            tax.exemption ? tax.exemption->code : std::string()};
}

std::int64_t rounded_tax(std::int64_t base, Decimal rate) {
    return static_cast<std::int64_t>(divide_rounded(Wide{base} * rate.micro, kAll));
}

void add_up(const std::string& where, const Frozen& frozen, Report& report) {
    Sums sums(where, frozen, report);
    sums.lines_from_prices();
    sums.totals_from_lines();
}

void add_up_taxes(const std::string& where, const Frozen& frozen, Report& report) {
    Sums sums(where, frozen, report);
    if (frozen.document.prices_include_tax)
        sums.bases_within_prices();
    else
        sums.taxes_on_top();
}

} // namespace daybook::audit
