#include "engine/domain/amounts.h"

#include <fmt/format.h>

namespace daybook::domain {

std::expected<Amount, Fault> to_amount(Decimal value, int digits, std::string_view pointer) {
    // Six decimals hold every currency's digits.
    const std::int64_t unit = power_of_ten(6 - digits);
    if (value.micro % unit != 0)
        return std::unexpected(
            Fault{std::string(pointer), Code::too_many_decimals,
                  fmt::format("{} has more than {} decimals", to_text(value), digits)});
    const Amount amount{value.micro / unit};
    if (!in_range(amount.minor))
        return std::unexpected(Fault{std::string(pointer), Code::amount_overflow,
                                     fmt::format("{} is more than {}", to_text(value),
                                                 to_text(Amount{kAmountMax}, digits))});
    return amount;
}

std::expected<Amount, Refusal> positive_amount(Decimal value, const Currency& currency,
                                               std::string_view pointer) {
    const auto digits = currency.digits();
    if (!digits)
        return refuse(Code::unknown_currency, currency.code);
    auto amount = to_amount(value, *digits, pointer);
    if (!amount)
        return refuse(amount.error().code, {}, {amount.error()});
    if (*amount <= Amount{})
        return refuse(Code::amount_not_positive, {},
                      {{std::string(pointer), Code::amount_not_positive, to_text(value)}});
    return *amount;
}

} // namespace daybook::domain
