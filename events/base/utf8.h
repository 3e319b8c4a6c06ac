// Whether bytes are UTF-8 as RFC 3629 defines it: no overlong form, no surrogate, nothing above
// U+10FFFF, nothing cut short. Text of a record is checked once, when it is decoded, and believed
// from then on.
#pragma once

#include <cstddef>
#include <string_view>

namespace daybook {

bool is_utf8(std::string_view bytes);
// How many bytes at the beginning are UTF-8: all of them, or those before the first that is not.
std::size_t utf8_size(std::string_view bytes);

} // namespace daybook
