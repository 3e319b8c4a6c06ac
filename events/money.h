// Money: integers of the currency's minor unit, never a floating-point number.
//
// Digits come from our own dated ISO 4217 table: CLDR and ISO disagree (RSD, MGA, IQD …), and a
// library update must not move a cent. Rounding is half away from zero, exact, and has one name.
#pragma once

#include "events/base/result.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace daybook {

__extension__ typedef __int128 Wide; // Products of two 64-bit values; never stored.

// An amount in minor units of a currency that its owner names.
// Every stored amount satisfies |minor| <= kAmountMax, so 9,000 of them cannot overflow 64 bits.
struct Amount {
    std::int64_t minor = 0;

    auto operator<=>(const Amount&) const = default;
    Amount operator-() const { return {-minor}; }
};
inline constexpr std::int64_t kAmountMax = 1'000'000'000'000'000;

inline bool in_range(Wide minor) { return minor >= -kAmountMax && minor <= kAmountMax; }

// Adding two amounts that are in range; the caller checks the range of what it stores.
Amount operator+(Amount a, Amount b);
Amount operator-(Amount a, Amount b);
inline Amount& operator+=(Amount& a, Amount b) { return a = a + b; }
inline Amount& operator-=(Amount& a, Amount b) { return a = a - b; }

// A decimal number with exactly six decimals: quantity, unit price, percentage.
struct Decimal {
    std::int64_t micro = 0;

    auto operator<=>(const Decimal&) const = default;
};
inline constexpr std::int64_t kMicro = 1'000'000;
inline constexpr std::int64_t kDecimalMax = 1'000'000'000'000 * kMicro; // 10^12 units.

// ISO 4217 alphabetic code, e.g. "EUR"; digits() is the number of decimals of its minor unit.
// An empty code means "none given".
struct Currency {
    std::string code;

    auto operator<=>(const Currency&) const = default;
    // Empty when the code is not in the table.
    std::optional<int> digits() const;
    // 2 where the currency is none that we know.
    int likely_digits() const { return digits().value_or(2); }
};

struct CurrencyInfo {
    std::string_view code;
    int digits;
};
std::span<const CurrencyInfo> known_currencies(); // Sorted by code.

// numerator / denominator, half away from zero. denominator > 0.
Wide divide_rounded(Wide numerator, Wide denominator);
std::int64_t power_of_ten(int exponent);

// "1234.50" for 123450 with 2 digits; always exactly that many decimals.
std::string to_text(Amount amount, int digits);
// "19.99", "3", "0.000001": no trailing zeros, at least one digit before the point.
std::string to_text(Decimal value);

// Plain decimal notation only: optional '-', digits, optional '.' and digits. No '+', exponent,
// space, leading zero or more decimals than allowed. The error's text is one of the codes
// too_many_decimals, out_of_range, not_a_decimal.
Result<Amount> parse_amount(std::string_view text, int digits);
Result<Decimal> parse_decimal(std::string_view text, int decimals_max = 6);

// Splits `total` in proportion to non-negative weights by largest remainder, ties to the first, so
// that the parts sum exactly. At least one weight is positive.
void share_out(Amount total, std::span<const std::int64_t> weights, std::span<Amount> parts);

} // namespace daybook
