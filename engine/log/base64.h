// Base64 with padding (RFC 4648, 4), as checkpoints use it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace daybook::log {

std::string to_base64(std::string_view bytes);
// Of a key, a signature, a digest.
template <std::size_t N>
std::string to_base64(const std::array<std::uint8_t, N>& bytes) {
    return to_base64({reinterpret_cast<const char*>(bytes.data()), N});
}
// Nothing unless the text is exactly what to_base64() makes of some bytes.
std::optional<std::string> from_base64(std::string_view text);

} // namespace daybook::log
