// The numbers that French law knows a business by. All are written without spaces. A number that
// cannot exist is found here, before it is frozen on an invoice.
#pragma once

#include <string_view>

namespace daybook::domain {

enum class IdentifierFlaw {
    none,
    form,              // Not so many digits.
    checksum,          // A digit is wrong.
    not_same_business, // Names another SIREN.
};

// Nine digits, the last being Luhn's check digit.
IdentifierFlaw siren_flaw(std::string_view siren);
// Fourteen digits that begin with the SIREN, when one is given. Their own check digit is not asked
// for: La Poste's thousands of establishments do without it.
IdentifierFlaw siret_flaw(std::string_view siret, std::string_view siren);
// "FR", a key of two characters, the SIREN. The key is (12 + 3 × (SIREN mod 97)) mod 97; where it
// holds a letter, the newer rule modulo 11 applies. Monaco's numbers (000…) have no SIREN.
IdentifierFlaw vat_number_flaw_fr(std::string_view vat_number, std::string_view siren);

} // namespace daybook::domain
