// The key of a signatory as texts show it: a backup's manifest in the form that other tools know, a
// proof shortest, an answer of the API as the digits that people compare.
#pragma once

#include "engine/log/signing_key.h"

#include <optional>

namespace daybook::log {

// Base64 of a SubjectPublicKeyInfo (RFC 8410).
std::string to_key_info(const PublicKey& key);
// Nothing unless the text is exactly what to_key_info() makes of some key.
std::optional<PublicKey> from_key_info(std::string_view text);

// Any of the three: that one, base64 of the 32 bytes, 64 hexadecimal digits.
std::optional<PublicKey> parse_public_key(std::string_view text);

} // namespace daybook::log
