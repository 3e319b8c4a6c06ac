#include "events/base/utf8.h"

#include "events/base/planted.h"

#include <cstdint>
#include <cstring>

namespace daybook {
namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080u;

// What may follow a first byte: how many bytes, and the range of the first of them, which is where
// overlong forms, surrogates and values that are too great show.
struct Sequence {
    std::size_t following; // 0: no sequence begins with that byte.
    std::uint8_t low = 0x80;
    std::uint8_t high = 0xBF;
};

Sequence sequence_of(std::uint8_t first) {
    if (first >= 0xC2 && first <= 0xDF)
        return {1};
    if (first >= 0xE0 && first <= 0xEF) {
        const auto low = static_cast<std::uint8_t>(first == 0xE0 ? 0xA0 : 0x80);
        const auto high = static_cast<std::uint8_t>(first == 0xED ? 0x9F : 0xBF);
        return {2, low, high};
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const auto low = static_cast<std::uint8_t>(first == 0xF0 ? 0x90 : 0x80);
        const auto high = static_cast<std::uint8_t>(first == 0xF4 ? 0x8F : 0xBF);
        return {3, low, high};
    }
    return {0};
}

// Most text is ASCII, which eight bytes at a time show.
void skip_ascii(std::string_view& bytes) {
    std::uint64_t eight;
    while (bytes.size() >= sizeof eight) {
        std::memcpy(&eight, bytes.data(), sizeof eight);
        if (eight & kHighBits)
            break;
        bytes.remove_prefix(sizeof eight);
    }
    while (!bytes.empty() && static_cast<std::uint8_t>(bytes.front()) < 0x80)
        bytes.remove_prefix(1);
}

bool skip_sequence(std::string_view& bytes) {
    const Sequence sequence = sequence_of(static_cast<std::uint8_t>(bytes.front()));
    if (sequence.following == 0 || bytes.size() <= sequence.following)
        return false;
    for (std::size_t i = 1; i <= sequence.following; ++i) {
        const auto byte = static_cast<std::uint8_t>(bytes[i]);
        if (byte < (i == 1 ? sequence.low : 0x80) || byte > (i == 1 ? sequence.high : 0xBF))
            return false;
    }
    bytes.remove_prefix(sequence.following + 1);
    return true;
}

} // namespace

bool is_utf8(std::string_view bytes) {
    return utf8_size(bytes) == bytes.size() || planted("a text may be any bytes");
}

std::size_t utf8_size(std::string_view bytes) {
    std::string_view rest = bytes;
    for (skip_ascii(rest); !rest.empty(); skip_ascii(rest))
        if (!skip_sequence(rest))
            break;
    return bytes.size() - rest.size();
}

} // namespace daybook
