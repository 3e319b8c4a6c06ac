// The small binary forms of this folder: what keys and sums are written with and read from.
//
// Whole numbers in keys are big-endian, so that bytes sort as numbers do. Sums are variable-length:
// seven bits a byte, least first, the sign folded into the lowest bit, up to 128 bits; a million
// invoices of the greatest amount fit. A reader never reads past its end: it turns bad, and whoever
// reads asks once, at the end.
#pragma once

#include "engine/log/big_endian.h"
#include "events/calendar.h"
#include "events/identifiers.h"
#include "events/money.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace daybook::projections {

__extension__ typedef unsigned __int128 UnsignedWide;

inline void append_sum(std::string& bytes, Wide value) {
    UnsignedWide rest = static_cast<UnsignedWide>(value) << 1;
    if (value < 0)
        rest = ~rest;
    for (; rest >= 0x80; rest >>= 7)
        bytes += static_cast<char>((static_cast<unsigned>(rest) & 0x7f) | 0x80);
    bytes += static_cast<char>(rest);
}

inline void append_id(std::string& bytes, const Uuid& id) {
    bytes.append(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
}

// Text of any content, so that no key is the beginning of another and order is that of the texts:
// each NUL becomes NUL FF, and NUL NUL ends it.
inline void append_text(std::string& bytes, std::string_view text) {
    for (const char character : text) {
        bytes += character;
        if (character == '\0')
            bytes += '\xff';
    }
    bytes.append(2, '\0');
}

// Days before 1970 sort before those after.
inline void append_date(std::string& bytes, Date date) {
    log::append_big_endian(bytes, static_cast<std::uint32_t>(date.days) ^ 0x8000'0000U);
}

class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

    // True when everything was there and nothing is left.
    bool finished() const { return good_ && rest_.empty(); }
    bool more() const { return good_ && !rest_.empty(); }

    std::string_view take(std::size_t size) {
        if (!good_ || rest_.size() < size) {
            good_ = false;
            return {};
        }
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }
    template <std::unsigned_integral Number>
    Number number() {
        const std::string_view taken = take(sizeof(Number));
        return good_ ? log::read_big_endian<Number>(taken, 0) : Number{};
    }
    Wide sum() {
        UnsignedWide folded = 0;
        for (unsigned shift = 0; good_ && shift < 128; shift += 7) {
            const auto byte = number<std::uint8_t>();
            folded |= static_cast<UnsignedWide>(byte & 0x7fU) << shift;
            if (byte < 0x80)
                return static_cast<Wide>(folded >> 1) ^ -static_cast<Wide>(folded & 1);
        }
        good_ = false;
        return 0;
    }
    Uuid id() {
        Uuid id;
        const std::string_view taken = take(id.bytes.size());
        std::copy(taken.begin(), taken.end(), id.bytes.begin());
        return id;
    }
    Date date() { return {static_cast<std::int32_t>(number<std::uint32_t>() ^ 0x8000'0000U)}; }
    std::string text() {
        std::string text;
        while (good_) {
            const auto character = take(1);
            if (character != std::string_view("\0", 1)) {
                text += character;
            } else if (take(1) != "\xff") {
                return text;
            } else {
                text += '\0';
            }
        }
        return text;
    }

  private:
    std::string_view rest_;
    bool good_ = true;
};

} // namespace daybook::projections
