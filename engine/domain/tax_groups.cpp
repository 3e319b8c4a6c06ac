#include "engine/domain/tax_groups.h"

#include "events/base/check.h"

#include <algorithm>

namespace daybook::domain {
namespace {

constexpr std::int64_t kWhole = 100 * kMicro; // 100 %.

} // namespace

TaxKey key_of(const Tax& tax) {
    return {tax.scheme, tax.category, tax.rate, tax.exemption ? tax.exemption->code : ""};
}

std::vector<TaxKey> keys_of(const std::vector<Tax>& taxes) {
    std::vector<TaxKey> keys;
    for (const Tax& tax : taxes)
        keys.push_back(key_of(tax));
    std::ranges::sort(keys);
    const auto twice = std::ranges::unique(keys);
    keys.erase(twice.begin(), twice.end());
    return keys;
}

Wide tax_on(Amount base, Decimal rate) {
    return divide_rounded(Wide{base.minor} * rate.micro, kWhole);
}

Decimal rate_sum(const std::vector<TaxKey>& keys) {
    Decimal sum;
    for (const TaxKey& key : keys)
        sum.micro += key.rate.micro;
    return sum;
}

Amount base_within(Amount gross, Decimal rates) {
    CHECK(rates.micro >= 0, "rates are not negative");
    const Wide base = divide_rounded(Wide{gross.minor} * kWhole, Wide{kWhole} + rates.micro);
    return {static_cast<std::int64_t>(base)};
}

std::vector<Amount> split_tax(Amount tax, const std::vector<TaxKey>& keys) {
    std::vector<Amount> parts(keys.size());
    std::vector<std::int64_t> weights;
    for (const TaxKey& key : keys)
        weights.push_back(key.rate.micro);
    if (rate_sum(keys) > Decimal{})
        share_out(tax, weights, parts);
    return parts;
}

} // namespace daybook::domain
