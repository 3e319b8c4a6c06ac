// Four steps, each over all lines: nets, the discount shared out, bases, taxes. Everything between
// is 128 bits wide and checked before it becomes an Amount. A document whose quantities, prices and
// discounts change sign has the same result with the other sign: a credit note is an exact mirror.
#include "engine/domain/calculation.h"

#include "engine/domain/outcome.h"
#include "engine/domain/tax_groups.h"
#include "events/base/check.h"
#include "events/base/planted.h"
#include "events/codec/limits.h"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace daybook::domain {
namespace {

constexpr std::int64_t kWhole = 100 * kMicro;         // 100 %.
constexpr Wide kProductScale = Wide{kMicro} * kMicro; // Of quantity × unit price.

using Net = std::expected<Amount, Fault>;

int sign_of(Wide value) { return value < 0 ? -1 : value > 0 ? 1 : 0; }

// A discount takes from 0 to all of a positive amount; of a negative one, its mirror.
bool takes_too_much(Wide taken, Wide of) {
    return of >= 0 ? taken < 0 || taken > of : taken > 0 || taken < of;
}

std::optional<Fault> flaw_of(const std::optional<Discount>& discount, const std::string& pointer) {
    if (!discount)
        return {};
    if (discount->percent.has_value() == discount->amount.has_value())
        return Fault{pointer, Code::invalid_input, "a discount is a percent or an amount"};
    if (discount->percent && (*discount->percent < Decimal{} || discount->percent->micro > kWhole))
        return Fault{pointer + "/percent", Code::discount_too_large,
                     "a discount lies between 0 and 100 %"};
    return {};
}

class Calculator {
  public:
    Calculator(const Document& document, TaxRounding rounding)
        : document_(document), rounding_(rounding), result_{document.lines, {}, {}} {}

    std::expected<Calculated, Refusal> run() {
        check_form();
        if (faults_.empty())
            find_nets();
        if (faults_.empty())
            share_discount();
        if (!faults_.empty())
            return refuse_for(std::move(faults_));
        assign_buckets();
        share_over_lines();
        document_.prices_include_tax ? tax_within_prices() : tax_on_top();
        add_up();
        if (!faults_.empty())
            return refuse_for(std::move(faults_));
        return std::move(result_);
    }

  private:
    struct Bucket {
        std::vector<TaxKey> keys;
        std::vector<std::size_t> lines;
    };

    // ---- what can be calculated at all ---------------------------------------------------------
    void check_form() {
        const auto digits = document_.currency.digits();
        if (!digits)
            add("/currency", Code::unknown_currency, document_.currency.code);
        else
            unit_ = kProductScale / power_of_ten(*digits);
        if (document_.lines.size() > kLinesMax)
            add("/lines", Code::too_many_lines, fmt::format("at most {} lines", kLinesMax));
        if (!document_.charges.empty())
            add("/charges", Code::not_supported_yet, "a charge is written as a line");
        if (auto flaw = flaw_of(document_.discount, "/discount"))
            faults_.push_back(*std::move(flaw));
        for (std::size_t i = 0; faults_.empty() && i < document_.lines.size(); ++i)
            check_line(document_.lines[i], fmt::format("/lines/{}", i));
    }
    void check_line(const Line& line, const std::string& at) {
        if (auto flaw = flaw_of(line.discount, at + "/discount"))
            faults_.push_back(*std::move(flaw));
        if (line.taxes.size() > kTaxesPerLineMax)
            add(at + "/taxes", Code::too_many_taxes,
                fmt::format("at most {} taxes a line", kTaxesPerLineMax));
        for (std::size_t i = 0; i < line.taxes.size(); ++i) {
            const Tax& tax = line.taxes[i];
            if (tax.rate < Decimal{} || tax.rate.micro > kWhole)
                add(fmt::format("{}/taxes/{}/rate", at, i), Code::out_of_range,
                    "a rate lies between 0 and 100 %");
            if (std::ranges::count(line.taxes, key_of(tax), key_of) > 1)
                add(fmt::format("{}/taxes/{}", at, i), Code::invalid_input, "the same tax twice");
            if (!tax.compound_on.empty())
                add(fmt::format("{}/taxes/{}/compound_on", at, i), Code::not_supported_yet,
                    "a tax on a tax");
        }
    }

    // ---- 1. nets
    // ---------------------------------------------------------------------------------
    void find_nets() {
        for (std::size_t i = 0; i < result_.lines.size(); ++i) {
            Line& line = result_.lines[i];
            line.net = line.discount_share = line.taxable = {};
            if (line.kind != LineKind::item)
                continue;
            Net net = net_of(line, fmt::format("/lines/{}", i));
            if (net)
                line.net = *net;
            else
                faults_.push_back(std::move(net).error());
        }
    }
    // round(quantity × unit price − discount): one rounding, at the end.
    Net net_of(const Line& line, const std::string& at) const {
        const Wide gross = Wide{line.quantity.micro} * line.unit_price.micro;
        if ((!in_range(gross / unit_) || !in_range(divide_rounded(gross, unit_)))
            && !planted("a product may overflow"))
            return std::unexpected(Fault{at, Code::amount_overflow, "quantity × unit price"});
        if (!line.discount)
            return to_amount(divide_rounded(gross, unit_));
        if (line.discount->percent)
            return to_amount(
                divide_rounded(gross * (kWhole - line.discount->percent->micro), unit_ * kWhole));
        const Wide taken = line.discount->amount->minor * unit_;
        if (takes_too_much(taken, gross))
            return std::unexpected(Fault{at + "/discount", Code::discount_too_large,
                                         "more than quantity × unit price"});
        return to_amount(divide_rounded(gross - taken, unit_));
    }

    // ---- 2. the document discount
    // ------------------------------------------------------------------
    void share_discount() {
        Wide sum = 0;
        for (const Line& line : result_.lines)
            sum += line.net.minor;
        if (!in_range(sum))
            return add("/lines", Code::amount_overflow, "the sum of the lines");
        result_.totals.lines = to_amount(sum);
        if (!document_.discount)
            return;
        const Discount& discount = *document_.discount;
        const Wide taken = discount.percent ? tax_on(result_.totals.lines, *discount.percent)
                                            : Wide{discount.amount->minor};
        if (takes_too_much(taken, sum))
            return add("/discount", Code::discount_too_large, "more than the sum of the lines");
        result_.totals.discount = to_amount(taken);
    }
    // Over buckets first, then inside each over its lines.
    void share_over_lines() {
        const Amount discount = result_.totals.discount;
        if (discount == Amount{})
            return;
        std::vector<Amount> bases;
        for (const Bucket& bucket : buckets_)
            bases.push_back(sum_of(bucket, &Line::net));
        const std::vector<Amount> shares = shared(discount, bases);
        for (std::size_t b = 0; b < buckets_.size(); ++b) {
            if (shares[b] == Amount{})
                continue;
            std::vector<Amount> nets;
            for (const std::size_t i : buckets_[b].lines)
                nets.push_back(result_.lines[i].net);
            const std::vector<Amount> parts = shared(shares[b], nets);
            for (std::size_t i = 0; i < parts.size(); ++i)
                result_.lines[buckets_[b].lines[i]].discount_share = parts[i];
        }
    }
    // What has the sign of the discount bears it.
    static std::vector<Amount> shared(Amount total, const std::vector<Amount>& over) {
        std::vector<std::int64_t> weights;
        for (const Amount& base : over)
            weights.push_back(std::max<std::int64_t>(0, base.minor * sign_of(total.minor)));
        std::vector<Amount> parts(over.size());
        share_out(total, weights, parts);
        return parts;
    }

    // ---- 3. groups and buckets
    // -----------------------------------------------------------------------
    void assign_buckets() {
        Numbering<std::vector<TaxKey>> numbers;
        for (std::size_t i = 0; i < result_.lines.size(); ++i) {
            const Line& line = result_.lines[i];
            if (line.kind != LineKind::item)
                continue;
            std::vector<TaxKey> keys = keys_of(line.taxes);
            const std::size_t number = numbers.number(keys);
            if (number == buckets_.size())
                buckets_.push_back({std::move(keys), {}});
            buckets_[number].lines.push_back(i);
            for (const Tax& tax : line.taxes)
                if (groups_.number(key_of(tax)) == result_.taxes.size())
                    result_.taxes.push_back({tax, {}, {}});
        }
    }
    TaxRow& row_of(const TaxKey& key) { return result_.taxes[groups_.number(key)]; }

    // ---- 4. taxes
    // --------------------------------------------------------------------------------------
    void tax_on_top() {
        for (const Bucket& bucket : buckets_)
            for (const std::size_t i : bucket.lines) {
                Line& line = result_.lines[i];
                line.taxable = line.net - line.discount_share;
                for (const TaxKey& key : bucket.keys) {
                    row_of(key).base += line.taxable;
                    if (rounding_ == TaxRounding::per_line)
                        row_of(key).amount += to_amount(tax_on(line.taxable, key.rate));
                }
            }
        if (rounding_ == TaxRounding::per_rate)
            for (TaxRow& row : result_.taxes)
                row.amount = to_amount(tax_on(row.base, row.tax.rate));
    }
    void tax_within_prices() {
        for (const Bucket& bucket : buckets_) {
            const Decimal rates = rate_sum(bucket.keys);
            std::vector<Amount> gross;
            for (const std::size_t i : bucket.lines)
                gross.push_back(result_.lines[i].net - result_.lines[i].discount_share);
            const std::vector<Amount> bases = rounding_ == TaxRounding::per_line
                                                  ? bases_of_each(gross, rates)
                                                  : bases_of_all(gross, rates);
            for (std::size_t i = 0; i < bases.size(); ++i)
                result_.lines[bucket.lines[i]].taxable = bases[i];
            if (rounding_ == TaxRounding::per_line)
                for (std::size_t i = 0; i < bases.size(); ++i)
                    add_to_rows(bucket, bases[i], gross[i] - bases[i]);
            else
                add_to_rows(bucket, sum(bases), sum(gross) - sum(bases));
        }
    }
    void add_to_rows(const Bucket& bucket, Amount base, Amount tax) {
        const std::vector<Amount> parts = split_tax(tax, bucket.keys);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            row_of(bucket.keys[i]).base += base;
            row_of(bucket.keys[i]).amount += parts[i];
        }
    }
    static std::vector<Amount> bases_of_each(const std::vector<Amount>& gross, Decimal rates) {
        std::vector<Amount> bases;
        for (const Amount& one : gross)
            bases.push_back(base_within(one, rates));
        return bases;
    }
    // round(sum ÷ (1 + rates)), spread over the lines by running sums: the parts add up exactly,
    // and none is further than a minor unit from its own.
    static std::vector<Amount> bases_of_all(const std::vector<Amount>& gross, Decimal rates) {
        std::vector<Amount> bases;
        Amount gross_so_far, base_so_far;
        for (const Amount& one : gross) {
            gross_so_far += one;
            const Amount base = base_within(gross_so_far, rates);
            bases.push_back(base - base_so_far);
            base_so_far = base;
        }
        return bases;
    }

    // ---- 5. totals are sums
    // ------------------------------------------------------------------------------
    void add_up() {
        Wide net = 0;
        Wide tax = 0;
        for (const Line& line : result_.lines)
            net += line.taxable.minor;
        bool rows_in_range = true;
        for (const TaxRow& row : result_.taxes) {
            tax += row.amount.minor;
            rows_in_range &= in_range(row.base.minor) && in_range(row.amount.minor);
        }
        if (!rows_in_range || !in_range(net) || !in_range(tax) || !in_range(net + tax))
            return add("/lines", Code::amount_overflow, "the total");
        Totals& totals = result_.totals;
        totals.net = to_amount(net);
        totals.tax = to_amount(tax);
        totals.total = totals.payable = totals.net + totals.tax;
    }

    static Amount to_amount(Wide minor) { return {static_cast<std::int64_t>(minor)}; }
    static Amount sum(const std::vector<Amount>& amounts) {
        return std::accumulate(amounts.begin(), amounts.end(), Amount{});
    }
    Amount sum_of(const Bucket& bucket, Amount Line::*member) const {
        Amount total;
        for (const std::size_t i : bucket.lines)
            total += result_.lines[i].*member;
        return total;
    }
    void add(std::string at, Code code, std::string detail) {
        faults_.push_back({std::move(at), code, std::move(detail)});
    }

    const Document& document_;
    TaxRounding rounding_;
    Wide unit_ = 1; // Of a product of two decimals: one minor unit.
    Calculated result_;
    std::vector<Bucket> buckets_;
    Numbering<TaxKey> groups_;
    Faults faults_;
};

} // namespace

std::expected<Calculated, Refusal> calculate(const Document& document, TaxRounding rounding) {
    return Calculator(document, rounding).run();
}

} // namespace daybook::domain
