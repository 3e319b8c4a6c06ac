// Names of countries, as programs export them, to ISO 3166-1 alpha-2. A dated table: the ones met
// in real files, in English and French. A name that is not here stays text; nothing is guessed.
#pragma once

#include <string_view>

namespace daybook::import {

// Empty when the name is no country we know: "Channel Islands" are two, "EU" is none.
std::string_view country_of(std::string_view name);

} // namespace daybook::import
