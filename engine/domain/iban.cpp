#include "engine/domain/iban.h"

#include <algorithm>
#include <string>

namespace daybook::domain {
namespace {

constexpr std::size_t kIbanMin = 15, kIbanMax = 34; // Norway's is the shortest.

bool is_decimal(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

} // namespace

bool is_iban(std::string_view text) {
    std::string iban;
    for (const char c : text)
        if (c != ' ')
            iban += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (iban.size() < kIbanMin || iban.size() > kIbanMax || !is_capital(iban[0])
        || !is_capital(iban[1]) || !is_decimal(iban[2]) || !is_decimal(iban[3])
        || !std::ranges::all_of(iban, [](char c) { return is_decimal(c) || is_capital(c); }))
        return false;
    std::ranges::rotate(iban, iban.begin() + 4);
    unsigned rest = 0;
    for (const char c : iban)
        rest = is_decimal(c) ? (rest * 10 + static_cast<unsigned>(c - '0')) % 97
                             : (rest * 100 + static_cast<unsigned>(c - 'A') + 10) % 97;
    return rest == 1;
}

} // namespace daybook::domain
