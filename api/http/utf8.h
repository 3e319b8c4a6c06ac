// Whether bytes are UTF-8, as RFC 3629 has it: no overlong forms, no surrogates, nothing above
// U+10FFFF. Everything that enters through a request is checked once and then trusted.
#pragma once

#include <string_view>

namespace daybook::api {

bool is_utf8(std::string_view bytes);

} // namespace daybook::api
