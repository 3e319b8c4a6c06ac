// Integers in the byte order of ZIP, zstd and FlatBuffers, which is the order of this folder.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace daybook::backup {

template <std::unsigned_integral Number>
void append_little_endian(std::string& bytes, Number number) {
    for (std::size_t i = 0; i < sizeof(Number); ++i)
        bytes += static_cast<char>(std::uint64_t{number} >> (8 * i) & 0xff);
}

// The caller has checked that `bytes` reaches that far.
template <std::unsigned_integral Number>
Number read_little_endian(std::string_view bytes, std::size_t at) {
    std::uint64_t number = 0;
    for (std::size_t i = sizeof(Number); i-- > 0;)
        number = number << 8 | static_cast<std::uint8_t>(bytes[at + i]);
    return static_cast<Number>(number);
}

} // namespace daybook::backup
