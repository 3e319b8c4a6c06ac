// The die of properties: what RapidCheck drew, so that failures shrink and can be repeated.
#pragma once

#include <cstdint>
#include <rapidcheck.h>

namespace daybook::tests {

// From 0 to below the bound, each as often, whatever size RapidCheck has reached.
inline std::uint32_t roll(std::uint32_t bound) {
    return *rc::gen::resize(100, rc::gen::inRange<std::uint32_t>(0, bound));
}

} // namespace daybook::tests
