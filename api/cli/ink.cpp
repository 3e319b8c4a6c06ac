#include "api/cli/ink.h"

#include <algorithm>

namespace daybook::api {
namespace {

// Characters, not bytes: those that follow the first of a UTF-8 sequence do not count.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string blanks(std::string_view text, std::size_t width) {
    return std::string(width - std::min(width, width_of(text)), ' ');
}

} // namespace

std::string Ink::painted(std::string_view code, std::string_view text) const {
    if (!coloured_ || text.empty())
        return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

std::string harmless(std::string_view text) {
    std::string safe;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        // C1 controls are two bytes in UTF-8: C2 80 to C2 9F.
        const bool c1 =
            byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        i += c1 ? 1 : 0;
        if (byte < 0x20 || byte == 0x7F || c1)
            safe += "\xEF\xBF\xBD";
        else
            safe += static_cast<char>(byte);
    }
    return safe;
}

std::string padded_right(std::string_view text, std::size_t width) {
    return std::string(text) + blanks(text, width);
}

std::string padded_left(std::string_view text, std::size_t width) {
    return blanks(text, width) + std::string(text);
}

} // namespace daybook::api
