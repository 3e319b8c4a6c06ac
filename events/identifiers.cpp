#include "events/identifiers.h"

#include <cstring>

namespace daybook {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

int hex_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

bool has_dash_before(std::size_t byte) { return byte == 4 || byte == 6 || byte == 8 || byte == 10; }

} // namespace

std::string to_text(const Uuid& id) {
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
        if (has_dash_before(i))
            text += '-';
        text += kHexDigits[id.bytes[i] >> 4];
        text += kHexDigits[id.bytes[i] & 15];
    }
    return text;
}

Result<Uuid> parse_uuid(std::string_view text) {
    if (text.size() != 36)
        return fail(ErrorKind::invalid, "an id has 36 characters");
    Uuid id;
    std::size_t at = 0;
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
        if (has_dash_before(i) && text[at++] != '-')
            return fail(ErrorKind::invalid,
                        "an id has the form 01234567-89ab-7cde-8f01-23456789abcd");
        const int high = hex_value(text[at++]);
        const int low = hex_value(text[at++]);
        if (high < 0 || low < 0)
            return fail(ErrorKind::invalid, "an id is written in lowercase hexadecimal");
        id.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return id;
}

std::string to_hex(const Hash& hash) {
    std::string text;
    text.reserve(64);
    for (const std::uint8_t byte : hash.bytes) {
        text += kHexDigits[byte >> 4];
        text += kHexDigits[byte & 15];
    }
    return text;
}

Result<Hash> parse_hash(std::string_view hex) {
    if (hex.size() != 64)
        return fail(ErrorKind::invalid, "a SHA-256 has 64 hexadecimal digits");
    Hash hash;
    for (std::size_t i = 0; i < hash.bytes.size(); ++i) {
        const int high = hex_value(hex[2 * i]);
        const int low = hex_value(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return fail(ErrorKind::invalid, "a SHA-256 is written in lowercase hexadecimal");
        hash.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return hash;
}

} // namespace daybook

std::size_t std::hash<daybook::Uuid>::operator()(const daybook::Uuid& id) const noexcept {
    std::uint64_t high, low;
    std::memcpy(&high, id.bytes.data(), 8);
    std::memcpy(&low, id.bytes.data() + 8, 8);
    return high * 0x9E3779B97F4A7C15u ^ low;
}
