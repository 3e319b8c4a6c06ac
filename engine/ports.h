// The world as the engine sees it: clock, identifiers, randomness. Deciders get values, never a
// port; ports are asked by engine/command only, and each has a simulated twin in tests/support.
#pragma once

#include "events/calendar.h"
#include "events/identifiers.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>

namespace daybook {

class Clock {
  public:
    virtual ~Clock() = default;
    virtual Timestamp now() = 0;
    // Never goes back; for durations and deadlines.
    virtual std::chrono::nanoseconds monotonic() = 0;
};

// Fresh names and salts. Threads: any.
class IdSource {
  public:
    virtual ~IdSource() = default;
    virtual Uuid next_id() = 0; // UUIDv7, rising within one source.
    virtual std::array<std::uint8_t, 16> next_salt() = 0;
};

// Runs step functions, later and one at a time. The server's adapter owns a thread; the crash
// simulator's runs them where it stands.
class Executor {
  public:
    virtual ~Executor() = default;
    virtual void post(std::function<void()> step) = 0;
};

} // namespace daybook
