// Integers in the byte order of every format in this folder: big-endian, so that keys sort as their
// numbers do and a hex dump reads as it is spoken.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace daybook::log {

template <std::unsigned_integral Number>
void write_big_endian(char* to, Number number) {
    for (std::size_t i = sizeof(Number); i-- > 0; number = static_cast<Number>(number >> 8))
        to[i] = static_cast<char>(number & 0xff);
}

template <>
inline void write_big_endian(char* to, std::uint8_t number) {
    *to = static_cast<char>(number);
}

template <std::unsigned_integral Number>
void append_big_endian(std::string& bytes, Number number) {
    char encoded[sizeof(Number)];
    write_big_endian(encoded, number);
    bytes.append(encoded, sizeof(Number));
}

// The caller has checked that `bytes` reaches that far.
template <std::unsigned_integral Number>
Number read_big_endian(std::string_view bytes, std::size_t at) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof(Number); ++i)
        number = number << 8 | static_cast<std::uint8_t>(bytes[at + i]);
    return static_cast<Number>(number);
}

} // namespace daybook::log
