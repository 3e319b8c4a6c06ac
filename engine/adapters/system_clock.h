// The machine's clocks.
#pragma once

#include "engine/ports.h"

namespace daybook {

class SystemClock final : public Clock {
  public:
    Timestamp now() override;
    std::chrono::nanoseconds monotonic() override;
};

} // namespace daybook
