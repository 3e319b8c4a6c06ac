#include "engine/import/numbers.h"

#include "engine/import/text.h"

#include <algorithm>
#include <array>
#include <string>

namespace daybook::import {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes the grouping mark at the front of the text away; empty when there is none.
std::string_view take_mark(std::string_view& text, char decimal) {
    constexpr std::array<std::string_view, 6> kMarks = {",", ".", " ", "'", "\u00A0", "\u202F"};
    for (const std::string_view mark : kMarks) {
        if (mark.front() != decimal && text.starts_with(mark)) {
            text.remove_prefix(mark.size());
            return mark;
        }
    }
    return {};
}

// "1,234,567" -> "1234567": one to three digits, then groups of three, all after the same mark.
bool take_whole(std::string_view text, char decimal, std::string& digits) {
    const auto take_digits = [&] {
        std::size_t taken = 0;
        for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1), ++taken)
            digits.push_back(text.front());
        return taken;
    };
    const std::size_t leading = take_digits();
    std::string_view first_mark;
    while (!text.empty()) {
        const std::string_view mark = take_mark(text, decimal);
        if (mark.empty() || (!first_mark.empty() && mark != first_mark))
            return false;
        first_mark = mark;
        if (leading < 1 || leading > 3 || digits.front() == '0' || take_digits() != 3)
            return false;
    }
    digits.erase(0, digits.find_first_not_of('0'));
    return true;
}

} // namespace

Result<Decimal> parse_number(std::string_view text, char decimal) {
    text = trimmed(text);
    std::string plain;
    if (text.starts_with('-') || text.starts_with('+')) {
        if (text.front() == '-')
            plain = "-";
        text.remove_prefix(1);
    }
    const std::size_t point = text.find(decimal);
    std::string whole;
    std::string_view fraction;
    if (!take_whole(text.substr(0, point), decimal, whole))
        return fail(ErrorKind::invalid, "not_a_decimal");
    if (point != std::string_view::npos) {
        fraction = text.substr(point + 1);
        if (fraction.empty() || !std::ranges::all_of(fraction, is_digit))
            return fail(ErrorKind::invalid, "not_a_decimal");
        fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
    } else if (text.empty()) {
        return fail(ErrorKind::invalid, "not_a_decimal");
    }
    plain += whole.empty() ? "0" : whole;
    if (!fraction.empty())
        plain.append(".").append(fraction);
    return parse_decimal(plain);
}

} // namespace daybook::import
