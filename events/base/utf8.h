// Whether bytes are UTF-8 as RFC 3629 defines it: no overlong form, no surrogate, nothing above
// U+10FFFF, nothing cut short. Text of a record is checked once, when it is decoded, and believed
// from then on.
#pragma once

#include <string_view>

namespace daybook {

bool is_utf8(std::string_view bytes);

} // namespace daybook
