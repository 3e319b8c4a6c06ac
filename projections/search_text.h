// Text as people look for it: without accents, without case. "Électricité" and "ELECTRICITE" are
// one word, and so are "œuvre" and "oeuvre".
#pragma once

#include <string>
#include <string_view>

namespace daybook::projections {

// Equal for texts that a search must not tell apart. Bytes that are not UTF-8 become U+FFFD.
std::string fold_text(std::string_view text);

} // namespace daybook::projections
