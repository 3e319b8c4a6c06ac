#include "events/money.h"

#include "events/base/check.h"
#include "events/base/planted.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace daybook {
namespace {

// ISO 4217 list one, as amended to 1 January 2026. Sorted by code.
constexpr std::array kCurrencies = std::to_array<CurrencyInfo>({
    {"AED", 2}, {"AFN", 2}, {"ALL", 2}, {"AMD", 2}, {"AOA", 2}, {"ARS", 2}, {"AUD", 2}, {"AWG", 2},
    {"AZN", 2}, {"BAM", 2}, {"BBD", 2}, {"BDT", 2}, {"BGN", 2}, {"BHD", 3}, {"BIF", 0}, {"BMD", 2},
    {"BND", 2}, {"BOB", 2}, {"BRL", 2}, {"BSD", 2}, {"BTN", 2}, {"BWP", 2}, {"BYN", 2}, {"BZD", 2},
    {"CAD", 2}, {"CDF", 2}, {"CHF", 2}, {"CLF", 4}, {"CLP", 0}, {"CNY", 2}, {"COP", 2}, {"CRC", 2},
    {"CUP", 2}, {"CVE", 2}, {"CZK", 2}, {"DJF", 0}, {"DKK", 2}, {"DOP", 2}, {"DZD", 2}, {"EGP", 2},
    {"ERN", 2}, {"ETB", 2}, {"EUR", 2}, {"FJD", 2}, {"FKP", 2}, {"GBP", 2}, {"GEL", 2}, {"GHS", 2},
    {"GIP", 2}, {"GMD", 2}, {"GNF", 0}, {"GTQ", 2}, {"GYD", 2}, {"HKD", 2}, {"HNL", 2}, {"HTG", 2},
    {"HUF", 2}, {"IDR", 2}, {"ILS", 2}, {"INR", 2}, {"IQD", 3}, {"IRR", 2}, {"ISK", 0}, {"JMD", 2},
    {"JOD", 3}, {"JPY", 0}, {"KES", 2}, {"KGS", 2}, {"KHR", 2}, {"KMF", 0}, {"KPW", 2}, {"KRW", 0},
    {"KWD", 3}, {"KYD", 2}, {"KZT", 2}, {"LAK", 2}, {"LBP", 2}, {"LKR", 2}, {"LRD", 2}, {"LSL", 2},
    {"LYD", 3}, {"MAD", 2}, {"MDL", 2}, {"MGA", 2}, {"MKD", 2}, {"MMK", 2}, {"MNT", 2}, {"MOP", 2},
    {"MRU", 2}, {"MUR", 2}, {"MVR", 2}, {"MWK", 2}, {"MXN", 2}, {"MYR", 2}, {"MZN", 2}, {"NAD", 2},
    {"NGN", 2}, {"NIO", 2}, {"NOK", 2}, {"NPR", 2}, {"NZD", 2}, {"OMR", 3}, {"PAB", 2}, {"PEN", 2},
    {"PGK", 2}, {"PHP", 2}, {"PKR", 2}, {"PLN", 2}, {"PYG", 0}, {"QAR", 2}, {"RON", 2}, {"RSD", 2},
    {"RUB", 2}, {"RWF", 0}, {"SAR", 2}, {"SBD", 2}, {"SCR", 2}, {"SDG", 2}, {"SEK", 2}, {"SGD", 2},
    {"SHP", 2}, {"SLE", 2}, {"SOS", 2}, {"SRD", 2}, {"SSP", 2}, {"STN", 2}, {"SVC", 2}, {"SYP", 2},
    {"SZL", 2}, {"THB", 2}, {"TJS", 2}, {"TMT", 2}, {"TND", 3}, {"TOP", 2}, {"TRY", 2}, {"TTD", 2},
    {"TWD", 2}, {"TZS", 2}, {"UAH", 2}, {"UGX", 0}, {"USD", 2}, {"UYU", 2}, {"UYW", 4}, {"UZS", 2},
    {"VES", 2}, {"VND", 0}, {"VUV", 0}, {"WST", 2}, {"XAF", 0}, {"XCD", 2}, {"XOF", 0}, {"XPF", 0},
    {"YER", 2}, {"ZAR", 2}, {"ZMW", 2}, {"ZWG", 2},
});

std::string digits_with_point(std::int64_t value, int decimals) {
    const bool negative = value < 0;
    // Negation in unsigned arithmetic, so that the smallest value is no special case.
    const std::uint64_t magnitude =
        negative ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    std::string text = std::to_string(magnitude);
    const auto wanted = static_cast<std::size_t>(decimals) + 1;
    if (text.size() < wanted)
        text.insert(0, wanted - text.size(), '0');
    if (decimals > 0)
        text.insert(text.size() - static_cast<std::size_t>(decimals), 1, '.');
    return negative ? "-" + text : text;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The number scaled by 10^scale; `decimals_max` <= scale limits what may be written.
Result<std::int64_t> parse_scaled(std::string_view text, int decimals_max, int scale,
                                  std::int64_t magnitude_max) {
    const auto no = [](const char* code) { return fail(ErrorKind::invalid, code); };
    const bool negative = text.starts_with('-');
    if (negative)
        text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction =
        point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    if (whole.empty() || (point != std::string_view::npos && fraction.empty()))
        return no("not_a_decimal");
    if (!std::ranges::all_of(whole, is_digit) || !std::ranges::all_of(fraction, is_digit))
        return no("not_a_decimal");
    if (whole.size() > 1 && whole.front() == '0')
        return no("not_a_decimal");
    if (fraction.size() > static_cast<std::size_t>(decimals_max))
        return no("too_many_decimals");
    if (whole.size() > 18)
        return no("out_of_range");
    Wide value = 0;
    for (const char c : whole)
        value = value * 10 + (c - '0');
    for (int i = 0; i < scale; ++i) {
        const auto at = static_cast<std::size_t>(i);
        value = value * 10 + (at < fraction.size() ? fraction[at] - '0' : 0);
    }
    if (value > magnitude_max)
        return no("out_of_range");
    return static_cast<std::int64_t>(negative ? -value : value);
}

} // namespace

Amount operator+(Amount a, Amount b) {
    std::int64_t sum;
    CHECK(!__builtin_add_overflow(a.minor, b.minor, &sum), "a sum of amounts fits 64 bits");
    return {sum};
}

Amount operator-(Amount a, Amount b) { return a + -b; }

std::optional<int> Currency::digits() const {
    const auto found =
        std::ranges::lower_bound(kCurrencies, std::string_view(code), {}, &CurrencyInfo::code);
    if (found == kCurrencies.end() || found->code != code)
        return std::nullopt;
    return found->digits;
}

std::span<const CurrencyInfo> known_currencies() { return kCurrencies; }

Wide divide_rounded(Wide numerator, Wide denominator) {
    CHECK(denominator > 0, "a divisor is positive");
    const Wide half = denominator / 2;
    const Wide odd = denominator % 2;
    // Half away from zero without doubling the numerator: compare the remainder with the half.
    const Wide quotient = numerator / denominator;
    const Wide remainder = numerator % denominator;
    const Wide magnitude = remainder < 0 ? -remainder : remainder;
    const bool up =
        odd == 0 && !planted("a half is rounded down") ? magnitude >= half : magnitude > half;
    if (!up)
        return quotient;
    return numerator < 0 ? quotient - 1 : quotient + 1;
}

std::int64_t power_of_ten(int exponent) {
    CHECK(exponent >= 0 && exponent <= 18, "a power of ten fits 64 bits");
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i)
        power *= 10;
    return power;
}

std::string to_text(Amount amount, int digits) { return digits_with_point(amount.minor, digits); }

std::string to_text(Decimal value) {
    std::string text = digits_with_point(value.micro, 6);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
        text.pop_back();
    return text;
}

Result<Amount> parse_amount(std::string_view text, int digits) {
    return Amount{TRY(parse_scaled(text, digits, digits, kAmountMax))};
}

Result<Decimal> parse_decimal(std::string_view text, int decimals_max) {
    return Decimal{TRY(parse_scaled(text, decimals_max, 6, kDecimalMax))};
}

void share_out(Amount total, std::span<const std::int64_t> weights, std::span<Amount> parts) {
    CHECK(weights.size() == parts.size(), "one part for each weight");
    Wide sum = 0;
    for (const std::int64_t weight : weights) {
        CHECK(weight >= 0, "a weight is not negative");
        sum += weight;
    }
    CHECK(sum > 0, "at least one weight is positive");
    const Wide magnitude = total.minor < 0 ? -Wide{total.minor} : Wide{total.minor};
    std::vector<Wide> remainders(weights.size());
    Wide left = magnitude;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Wide product = magnitude * weights[i];
        parts[i] = {static_cast<std::int64_t>(product / sum)};
        remainders[i] = product % sum;
        left -= parts[i].minor;
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](auto a, auto b) { return remainders[a] > remainders[b]; });
    for (std::size_t i = 0; left > 0; ++i, --left)
        ++parts[order[i]].minor;
    if (total.minor < 0)
        for (Amount& part : parts)
            part = -part;
}

} // namespace daybook
