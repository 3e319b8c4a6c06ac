// Ids and salts of the real world: UUIDv7 (RFC 9562, 5.7) with randomness from OpenSSL.
//
//     0   48 bits  milliseconds since 1970
//     6    4 bits  7
//          12 bits  fraction of the millisecond, in 1/4096 (RFC 9562, 6.2, method 3)
//     8    2 bits  2
//          62 bits  random
//
// Time and fraction are one counter that never stands still and never goes back, whatever the clock
// does: the byte order of ids is the order of their making.
#pragma once

#include "engine/ports.h"

#include <mutex>

namespace daybook {

class RandomIds final : public IdSource {
  public:
    explicit RandomIds(Clock& clock) : clock_(clock) {}
    Uuid next_id() override;
    std::array<std::uint8_t, 16> next_salt() override;

  private:
    std::uint64_t next_instant();

    Clock& clock_;
    std::mutex mutex_;
    std::uint64_t last_instant_ = 0; // 48 bits of milliseconds, 12 of fraction.
};

} // namespace daybook
