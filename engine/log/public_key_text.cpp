#include "engine/log/public_key_text.h"

#include "engine/log/base64.h"
#include "events/identifiers.h"

#include <algorithm>

namespace daybook::log {
namespace {

// SubjectPublicKeyInfo of an Ed25519 key (RFC 8410), before the key's own 32 bytes.
constexpr std::string_view kKeyPrefix{"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12};

std::optional<PublicKey> key_of(std::string_view bytes) {
    PublicKey key{};
    if (bytes.size() != key.size())
        return std::nullopt;
    std::ranges::copy(bytes, key.begin());
    return key;
}

} // namespace

std::string to_key_info(const PublicKey& key) {
    return to_base64(std::string(kKeyPrefix) + std::string(key.begin(), key.end()));
}

std::optional<PublicKey> from_key_info(std::string_view text) {
    const auto bytes = from_base64(text);
    if (!bytes || !bytes->starts_with(kKeyPrefix))
        return std::nullopt;
    return key_of(std::string_view(*bytes).substr(kKeyPrefix.size()));
}

std::optional<PublicKey> parse_public_key(std::string_view text) {
    if (const auto key = from_key_info(text))
        return key;
    if (const auto digits = parse_hash(text))
        return digits->bytes;
    const auto bytes = from_base64(text);
    return bytes ? key_of(*bytes) : std::nullopt;
}

} // namespace daybook::log
