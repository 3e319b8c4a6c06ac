// Whole numbers in text that people wrote.
#pragma once

#include <charconv>
#include <concepts>
#include <optional>
#include <string_view>

namespace daybook {

// The number that the whole text is: digits only, no sign, no spaces. Nothing where it is none or
// does not fit.
template <std::unsigned_integral T>
std::optional<T> whole_number(std::string_view text) {
    T value = 0;
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    const auto [stop, error] = std::from_chars(begin, end, value);
    if (error != std::errc() || stop != end)
        return std::nullopt;
    return value;
}

} // namespace daybook
