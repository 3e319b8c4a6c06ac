#include "engine/adapters/random_ids.h"

#include "events/base/check.h"

#include <algorithm>
#include <openssl/rand.h>

namespace daybook {

Uuid RandomIds::next_id() {
    const std::uint64_t instant = next_instant();
    Uuid id{next_salt()};
    for (std::size_t byte = 0; byte < 6; ++byte)
        id.bytes[byte] = static_cast<std::uint8_t>(instant >> (52 - 8 * byte));
    id.bytes[6] = static_cast<std::uint8_t>(0x70 | (instant >> 8 & 0x0f));
    id.bytes[7] = static_cast<std::uint8_t>(instant);
    id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3f));
    return id;
}

std::uint64_t RandomIds::next_instant() {
    const auto micros = static_cast<std::uint64_t>(std::max<std::int64_t>(clock_.now().micros, 0));
    const std::uint64_t instant = micros / 1000 << 12 | micros % 1000 * 4096 / 1000;
    const std::scoped_lock lock(mutex_);
    last_instant_ = std::max(instant, last_instant_ + 1);
    return last_instant_;
}

std::array<std::uint8_t, 16> RandomIds::next_salt() {
    std::array<std::uint8_t, 16> salt;
    CHECK(RAND_bytes(salt.data(), static_cast<int>(salt.size())) == 1,
          "the machine has randomness");
    return salt;
}

} // namespace daybook
