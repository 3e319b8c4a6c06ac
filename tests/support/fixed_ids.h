// Ids and salts that are the same in every run: 00000000-0000-7000-8000-000000000001, …2, …3.
#pragma once

#include "engine/ports.h"

namespace daybook::tests {

class FixedIds final : public IdSource {
  public:
    explicit FixedIds(std::uint64_t first = 1) : next_(first) {}

    Uuid next_id() override {
        Uuid id = numbered(next_++);
        id.bytes[6] = 0x70;
        id.bytes[8] = 0x80;
        return id;
    }
    std::array<std::uint8_t, 16> next_salt() override { return numbered(next_++).bytes; }

  private:
    static Uuid numbered(std::uint64_t number) {
        Uuid id;
        for (std::size_t byte = 0; byte < 6; ++byte)
            id.bytes[15 - byte] = static_cast<std::uint8_t>(number >> (8 * byte));
        return id;
    }
    std::uint64_t next_;
};

} // namespace daybook::tests
