#include "engine/import/cell_text.h"

#include "events/base/whole_number.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace daybook::import {
namespace {

constexpr int kPlacesMax = 30;
constexpr std::size_t kColumnsOfFormat = 16'384;

// 0.digits × 10^exponent; no zeros at either end of the digits.
struct Scientific {
    bool negative = false;
    std::string digits;
    int exponent = 0;
};

// The digits around a point, if it is nothing else.
std::optional<Scientific> mantissa(std::string_view text) {
    Scientific decimal;
    if (text.starts_with('-') || text.starts_with('+')) {
        decimal.negative = text.front() == '-';
        text.remove_prefix(1);
    }
    const std::size_t point = std::min(text.find('.'), text.size());
    decimal.exponent = static_cast<int>(point);
    decimal.digits = text.substr(0, point);
    decimal.digits += text.substr(std::min(point + 1, text.size()));
    if (decimal.digits.empty()
        || decimal.digits.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    return decimal;
}

void trim_zeros(Scientific& decimal) {
    const std::size_t first =
        std::min(decimal.digits.find_first_not_of('0'), decimal.digits.size());
    decimal.digits.erase(0, first);
    decimal.exponent -= static_cast<int>(first);
    decimal.digits.erase(decimal.digits.find_last_not_of('0') + 1);
}

// Half away from zero, as everywhere.
void round_to(Scientific& decimal, std::size_t digits) {
    if (decimal.digits.size() <= digits)
        return;
    const bool up = decimal.digits[digits] >= '5';
    decimal.digits.resize(digits);
    if (up) {
        std::size_t at = digits;
        while (at > 0 && decimal.digits[at - 1] == '9')
            decimal.digits[--at] = '0';
        if (at > 0) {
            ++decimal.digits[at - 1];
        } else {
            decimal.digits.insert(0, "1");
            ++decimal.exponent;
        }
    }
    trim_zeros(decimal);
}

std::string plain_text(const Scientific& decimal) {
    if (decimal.digits.empty())
        return "0";
    std::string text = decimal.digits;
    if (decimal.exponent <= 0)
        text = "0." + std::string(static_cast<std::size_t>(-decimal.exponent), '0') + text;
    else if (const auto whole = static_cast<std::size_t>(decimal.exponent); whole >= text.size())
        text.append(whole - text.size(), '0');
    else
        text.insert(whole, ".");
    return decimal.negative ? "-" + text : text;
}

// The character of "_x000D_" at the beginning; surrogates have none of their own.
std::optional<char32_t> escape_at(std::string_view text) {
    if (text.size() < 7 || !text.starts_with("_x") || text[6] != '_')
        return std::nullopt;
    unsigned code = 0;
    const char* const end = text.data() + 6;
    const auto [stop, problem] = std::from_chars(text.data() + 2, end, code, 16);
    if (problem != std::errc{} || stop != end || code == 0 || (code >= 0xd800 && code < 0xe000))
        return std::nullopt;
    return static_cast<char32_t>(code);
}

// Whatever follows: that may become an escape itself.
bool begins_escape(std::string_view text) {
    return text.size() >= 6 && text.starts_with("_x")
           && text.substr(2, 4).find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
}

void append_utf8(char32_t code, std::string& out) {
    const auto byte = [&out](char32_t value) { out += static_cast<char>(value); };
    if (code < 0x80)
        return byte(code);
    if (code < 0x800) {
        byte(0xc0 | (code >> 6));
    } else {
        byte(0xe0 | (code >> 12));
        byte(0x80 | ((code >> 6) & 0x3f));
    }
    byte(0x80 | (code & 0x3f));
}

} // namespace

std::optional<std::string> number_text(std::string_view cell) {
    const std::size_t e = std::min(cell.find_first_of("eE"), cell.size());
    auto decimal = mantissa(cell.substr(0, e));
    if (!decimal || cell.size() > 400)
        return std::nullopt;
    if (e < cell.size()) {
        std::string_view power = cell.substr(e + 1);
        const bool down = power.starts_with('-');
        if (down || power.starts_with('+'))
            power.remove_prefix(1);
        const auto shift = power.size() > 3 ? std::nullopt : whole_number<unsigned>(power);
        if (!shift)
            return std::nullopt;
        decimal->exponent += down ? -static_cast<int>(*shift) : static_cast<int>(*shift);
    }
    trim_zeros(*decimal);
    round_to(*decimal, kCellDigits);
    const int behind = static_cast<int>(decimal->digits.size()) - decimal->exponent;
    if (!decimal->digits.empty() && (decimal->exponent > kPlacesMax || behind > kPlacesMax))
        return std::nullopt;
    return plain_text(*decimal);
}

std::string escaped(std::string_view text) {
    std::string out;
    for (; !text.empty(); text.remove_prefix(1)) {
        const char c = text.front();
        if (c >= 0 && c < 0x20 && c != '\n' && c != '\t') {
            out += fmt::format("_x{:04X}_", static_cast<int>(c));
        } else if (text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF")) {
            out += text[2] == '\xBE' ? "_xFFFE_" : "_xFFFF_"; // No characters, says XML.
            text.remove_prefix(2);
        } else {
            out += begins_escape(text) ? "_x005F_" : std::string(1, c);
        }
    }
    return out;
}

std::string unescaped(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t next = std::min(text.find("_x"), text.size());
        out += text.substr(0, next);
        text.remove_prefix(next);
        if (const auto code = escape_at(text)) {
            append_utf8(*code, out);
            text.remove_prefix(7);
        } else if (!text.empty()) {
            out += text.front();
            text.remove_prefix(1);
        }
    }
    return out;
}

std::size_t column_of_place(std::string_view place) {
    std::size_t column = 0;
    for (const char c : place) {
        if (c < 'A' || c > 'Z')
            break;
        column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
        if (column > kColumnsOfFormat)
            return 0;
    }
    return column;
}

std::string column_letters(std::size_t column) {
    std::string letters;
    for (; column > 0; column = (column - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
    return letters;
}

} // namespace daybook::import
