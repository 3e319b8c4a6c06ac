// Answers that are owed by a deadline at the latest. No time is measured here: whoever has a clock
// says what time it is. Threads: any.
#pragma once

#include "engine/adapters/guarded.h"

#include <chrono>
#include <functional>
#include <map>

namespace daybook::api {

class Deadlines {
  public:
    using Late = std::function<void()>;

    void add(std::chrono::nanoseconds at, Late late);
    // Calls those whose time has come, each once, the earliest first.
    void expire(std::chrono::nanoseconds now);

  private:
    Guarded<std::multimap<std::chrono::nanoseconds, Late>> waiting_;
};

} // namespace daybook::api
