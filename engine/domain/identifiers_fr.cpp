#include "engine/domain/identifiers_fr.h"

#include <algorithm>
#include <cstdint>

namespace daybook::domain {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text, std::size_t size) {
    return text.size() == size && std::ranges::all_of(text, is_digit);
}

std::uint32_t number(std::string_view digits) {
    std::uint32_t value = 0;
    for (const char digit : digits)
        value = value * 10 + static_cast<std::uint32_t>(digit - '0');
    return value;
}

// From the right, every second digit counts twice; the digit sums add up to a multiple of ten.
bool passes_luhn(std::string_view digits) {
    int sum = 0;
    bool twice = false;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, twice = !twice) {
        const int counted = (*digit - '0') * (twice ? 2 : 1);
        sum += counted / 10 + counted % 10;
    }
    return sum % 10 == 0;
}

// Digits, then the letters that cannot be taken for digits.
constexpr std::string_view kKeyAlphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

bool key_fits(std::string_view key, std::uint32_t siren) {
    const auto first = static_cast<std::uint32_t>(kKeyAlphabet.find(key[0]));
    const auto second = static_cast<std::uint32_t>(kKeyAlphabet.find(key[1]));
    if (first < 10 && second < 10)
        return first * 10 + second == (12 + 3 * (siren % 97)) % 97;
    const std::uint32_t mixed = first < 10 ? first * 24 + second - 10 : first * 34 + second - 100;
    return (siren + 1 + mixed / 11) % 11 == mixed % 11;
}

} // namespace

IdentifierFlaw siren_flaw(std::string_view siren) {
    if (!all_digits(siren, 9))
        return IdentifierFlaw::form;
    return passes_luhn(siren) ? IdentifierFlaw::none : IdentifierFlaw::checksum;
}

IdentifierFlaw siret_flaw(std::string_view siret, std::string_view siren) {
    if (!all_digits(siret, 14))
        return IdentifierFlaw::form;
    if (!siren.empty() && !siret.starts_with(siren))
        return IdentifierFlaw::not_same_business;
    return siren.empty() ? siren_flaw(siret.substr(0, 9)) : IdentifierFlaw::none;
}

IdentifierFlaw vat_number_flaw_fr(std::string_view vat_number, std::string_view siren) {
    if (vat_number.size() != 13 || !vat_number.starts_with("FR"))
        return IdentifierFlaw::form;
    const std::string_view key = vat_number.substr(2, 2);
    const std::string_view own_siren = vat_number.substr(4);
    if (!all_digits(own_siren, 9) || key.find_first_not_of(kKeyAlphabet) != key.npos)
        return IdentifierFlaw::form;
    if (!key_fits(key, number(own_siren)))
        return IdentifierFlaw::checksum;
    if (own_siren.starts_with("000"))
        return IdentifierFlaw::none;
    if (!siren.empty())
        return own_siren == siren ? IdentifierFlaw::none : IdentifierFlaw::not_same_business;
    return siren_flaw(own_siren);
}

} // namespace daybook::domain
