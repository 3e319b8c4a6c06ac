#include "api/http/file_name.h"

#include "events/base/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

namespace daybook::api {
namespace {

constexpr std::size_t kNameBytesMax = 200;

// RFC 8187 "attr-char".
bool is_attribute_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || std::string_view("!#$&+-.^_`|~").find(c) != std::string_view::npos;
}

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        const std::string_view digits = text.substr(i + 1, 2);
        unsigned value = 0;
        const auto [end, problem] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
        if (digits.size() != 2 || problem != std::errc{} || end != digits.data() + 2)
            return std::nullopt;
        decoded += static_cast<char>(value);
        i += 2;
    }
    return decoded;
}

// Everything after the two quotes of UTF-8'fr'name; nothing when there are not two, or the charset
// is another.
std::optional<std::string_view> extended_value(std::string_view header) {
    const std::size_t first = header.find('\'');
    const std::size_t second =
        first == std::string_view::npos ? first : header.find('\'', first + 1);
    if (second == std::string_view::npos)
        return std::nullopt;
    std::string charset(header.substr(0, first));
    std::ranges::transform(charset, charset.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
    if (charset != "UTF-8")
        return std::nullopt;
    return header.substr(second + 1);
}

// U+200E, U+200F, U+202A-202E, U+2066-2069.
bool turns_direction(std::string_view text) {
    constexpr std::array<std::string_view, 11> kMarks = {"\u200E", "\u200F", "\u202A", "\u202B",
                                                         "\u202C", "\u202D", "\u202E", "\u2066",
                                                         "\u2067", "\u2068", "\u2069"};
    return std::ranges::any_of(kMarks,
                               [&](std::string_view mark) { return text.starts_with(mark); });
}

bool is_unprintable(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

} // namespace

std::string sane_file_name(std::string_view name) {
    if (const auto slash = name.find_last_of("/\\"); slash != std::string_view::npos)
        name.remove_prefix(slash + 1);
    std::string sane;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (turns_direction(name.substr(i)))
            i += 2;
        else if (!is_unprintable(name[i]))
            sane += name[i];
    }
    const auto blank = [](char c) { return c == ' '; };
    sane.erase(sane.begin(), std::ranges::find_if_not(sane, blank));
    if (sane.size() > kNameBytesMax)
        sane.resize(utf8_size(std::string_view(sane).substr(0, kNameBytesMax)));
    while (!sane.empty() && blank(sane.back()))
        sane.pop_back();
    return sane == "." || sane == ".." ? std::string() : sane;
}

std::optional<std::string> parse_file_name(std::string_view header) {
    std::string name(header);
    if (const auto value = extended_value(header)) {
        auto decoded = percent_decoded(*value);
        if (!decoded || !is_utf8(*decoded))
            return std::nullopt;
        name = *std::move(decoded);
    }
    name = sane_file_name(name);
    return name.empty() ? std::nullopt : std::optional(std::move(name));
}

std::string content_disposition(Disposition disposition, std::string_view name) {
    const std::string sane = sane_file_name(name);
    std::string plain;
    std::string extended;
    for (const char c : sane) {
        const bool follows = (static_cast<unsigned char>(c) & 0xC0) == 0x80; // Of one character.
        const bool ascii = static_cast<unsigned char>(c) < 0x80;
        if (ascii)
            plain += c == '"' || c == '\\' || c == '%' ? '_' : c;
        else if (!follows)
            plain += '_';
        if (is_attribute_character(c))
            extended += c;
        else
            extended += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    std::string text = disposition == Disposition::attachment ? "attachment" : "inline";
    if (sane.empty())
        return text;
    text += "; filename=\"" + plain + '"';
    return plain == sane ? text : text + "; filename*=UTF-8''" + extended;
}

} // namespace daybook::api
