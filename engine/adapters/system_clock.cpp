#include "engine/adapters/system_clock.h"

namespace daybook {

Timestamp SystemClock::now() {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::microseconds>(since_1970).count()};
}

std::chrono::nanoseconds SystemClock::monotonic() {
    return std::chrono::steady_clock::now().time_since_epoch();
}

} // namespace daybook
