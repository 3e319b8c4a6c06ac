// Base64 with padding (RFC 4648, 4), as checkpoints use it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace daybook::log {

std::string to_base64(std::string_view bytes);
// Nothing unless the text is exactly what to_base64() makes of some bytes.
std::optional<std::string> from_base64(std::string_view text);

} // namespace daybook::log
