#include "engine/import/text.h"

#include "engine/import/faults.h"
#include "events/base/utf8.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <optional>

namespace daybook::import {
namespace {

using domain::Code;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kQuotedMax = 60;

// Offset of the first byte that is not text.
std::optional<std::size_t> find_bad_byte(std::string_view text) {
    const std::size_t size = std::min(utf8_size(text), text.find('\0'));
    return size < text.size() ? std::optional(size) : std::nullopt;
}

} // namespace

std::expected<std::string_view, domain::Refusal> as_text(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
        return domain::refuse(Code::unknown_format, "The file is UTF-16; save it as UTF-8.");
    const std::size_t start = bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    Faults faults;
    std::uint64_t line = 1;
    for (std::size_t at = start; at < bytes.size(); ++line) {
        const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
        if (const auto bad = find_bad_byte(bytes.substr(at, end - at))) {
            const auto byte = static_cast<unsigned char>(bytes[at + *bad]);
            const std::string_view why =
                byte == 0 ? "a file of text holds no NUL" : "not UTF-8; save the file as UTF-8";
            faults.add(row_pointer(line), Code::invalid_input,
                       fmt::format("line {}, byte {} (byte {} of the file) is 0x{:02X}: {}", line,
                                   *bad + 1, at + *bad + 1, byte, why));
        }
        at = end + 1;
    }
    if (!faults.empty())
        return std::unexpected(std::move(faults).refusal(Code::import_broken_row, "Not UTF-8"));
    return bytes.substr(start);
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string folded(std::string_view text) {
    std::string name;
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z')
            name.push_back(static_cast<char>(c - 'A' + 'a'));
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & '\x80'))
            name.push_back(c);
    }
    return name;
}

bool has_control_characters(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; });
}

std::string in_quotes(std::string_view text) {
    std::string shown = "\"";
    for (const char c : text.substr(0, kQuotedMax))
        shown.push_back((c >= 0 && c < 0x20) || c == 0x7F ? ' ' : c);
    if (text.size() > kQuotedMax) { // Not in the middle of a character.
        while ((shown.back() & '\xC0') == '\x80')
            shown.pop_back();
        if (shown.back() & '\x80')
            shown.pop_back();
        shown += "…";
    }
    return shown + "\"";
}

} // namespace daybook::import
