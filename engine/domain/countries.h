// The countries of ISO 3166-1, by their alpha-2 codes: our own dated table, so that an address that
// was accepted stays acceptable whatever a library updates.
#pragma once

#include <string_view>

namespace daybook::domain {

bool is_country(std::string_view alpha2);

} // namespace daybook::domain
