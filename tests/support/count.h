// How long a test goes on: short for every commit, as long as one likes by hand.
#pragma once

#include <cstdint>
#include <cstdlib>

namespace daybook::tests {

// The number in that variable of the environment; `otherwise` when it is not set.
inline std::uint64_t number_in(const char* variable, std::uint64_t otherwise) {
    const char* text = std::getenv(variable);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

} // namespace daybook::tests
