// A clock that stands until a test moves it.
#pragma once

#include "engine/ports.h"

namespace daybook::tests {

class FixedClock final : public Clock {
  public:
    explicit FixedClock(Timestamp now = {1'790'000'000'000'000}) : now_(now) {}

    Timestamp now() override { return now_; }
    std::chrono::nanoseconds monotonic() override { return monotonic_; }

    void set(Timestamp now) { now_ = now; }
    void advance(std::chrono::microseconds by) {
        now_.micros += by.count();
        monotonic_ += by;
    }

  private:
    Timestamp now_;
    std::chrono::nanoseconds monotonic_{0};
};

} // namespace daybook::tests
