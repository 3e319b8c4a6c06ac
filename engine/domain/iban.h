// Bank account numbers of ISO 13616.
#pragma once

#include <string_view>

namespace daybook::domain {

// Country, two check digits and up to 30 letters and digits that fit them (modulus 97). Spaces do
// not count: people write them in groups of four.
bool is_iban(std::string_view text);

} // namespace daybook::domain
