// From what a person wrote, a decimal, to money of a currency: exact, or not at all.
#pragma once

#include "engine/domain/refusal.h"
#include "events/money.h"

#include <expected>
#include <string_view>

namespace daybook::domain {

// 12.5 with 2 digits -> 12.50. A fault at `pointer`: too_many_decimals, amount_overflow.
std::expected<Amount, Fault> to_amount(Decimal value, int digits, std::string_view pointer);

// The same as a whole answer, for commands about money: also unknown_currency, and
// amount_not_positive for zero and below.
std::expected<Amount, Refusal> positive_amount(Decimal value, const Currency& currency,
                                               std::string_view pointer);

} // namespace daybook::domain
