// What the fuzzers share. Each is one function from bytes to nothing: it must neither crash nor
// hang nor hurt memory, and what it could read must survive being written and read again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace daybook::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

// A promise that was broken is a crash, which libFuzzer keeps the input of.
inline void hold(bool promise) {
    if (!promise)
        std::abort();
}

} // namespace daybook::fuzz
