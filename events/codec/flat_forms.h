// The stored form of every value that is not a table: the integer, the fixed bytes or the text that
// stands for it, and which of these mean something. See flat.h for the whole mapping.
#pragma once

#include "events/base/reflect.h"
#include "events/codec/limits.h"
#include "events/event.h"

#include <flatbuffers/flatbuffers.h>

namespace daybook::flat {

constexpr flatbuffers::voffset_t field_offset(std::size_t index) {
    return static_cast<flatbuffers::voffset_t>(4 + 2 * index);
}

// ---- scalars ----------------------------------------------------------------------------------

inline std::uint8_t to_wire(bool value) { return value ? 1 : 0; }
inline std::int32_t to_wire(std::int32_t value) { return value; }
inline std::uint32_t to_wire(std::uint32_t value) { return value; }
inline std::int64_t to_wire(std::int64_t value) { return value; }
inline std::uint64_t to_wire(std::uint64_t value) { return value; }
inline std::int64_t to_wire(Amount value) { return value.minor; }
inline std::int64_t to_wire(Decimal value) { return value.micro; }
inline std::int64_t to_wire(Timestamp value) { return value.micros; }
inline std::int32_t to_wire(Date value) { return value.days; }
template <Enumeration E>
std::uint8_t to_wire(E value) {
    return static_cast<std::uint8_t>(value);
}

template <class T>
concept Scalar = requires(T value) {
    to_wire(value);
};
template <class T>
using Wire = decltype(to_wire(std::declval<T>()));

// Whether a value is one that a writer of ours makes. Arithmetic counts on it: sums of amounts and
// days that are in range do not overflow.
template <Scalar T>
bool in_stored_range(const T&) {
    return true;
}
inline bool in_stored_range(Amount value) { return in_range(value.minor); }
inline bool in_stored_range(Decimal value) {
    return value.micro >= -kDecimalMax && value.micro <= kDecimalMax;
}
inline bool in_stored_range(Date value) { return value >= kFirstDate && value <= kLastDate; }
inline bool in_stored_range(Timestamp value) {
    return value >= start_of(kFirstDate) && value < start_of(add_days(kLastDate, 1));
}

template <Scalar T>
T from_wire(Wire<T> wire) {
    if constexpr (Enumeration<T>)
        return static_cast<T>(wire);
    else if constexpr (std::is_same_v<T, bool>)
        return wire != 0;
    else
        return T{wire};
}

// ---- fixed-size names -------------------------------------------------------------------------

struct FlatUuid {
    std::uint8_t bytes[16];
};
struct FlatHash {
    std::uint8_t bytes[32];
};

template <class T>
inline constexpr bool kIsUuid = std::is_same_v<T, Uuid>;
template <class Tag>
inline constexpr bool kIsUuid<TypedId<Tag>> = true;
template <class T>
concept UuidLike = kIsUuid<T>;
template <class T>
concept HashLike = std::is_same_v<T, Hash>;

inline const std::uint8_t* raw(const Uuid& id) { return id.bytes.data(); }
inline std::uint8_t* raw(Uuid& id) { return id.bytes.data(); }
inline const std::uint8_t* raw(const Hash& hash) { return hash.bytes.data(); }
inline std::uint8_t* raw(Hash& hash) { return hash.bytes.data(); }
template <class Tag>
const std::uint8_t* raw(const TypedId<Tag>& id) {
    return raw(id.value);
}
template <class Tag>
std::uint8_t* raw(TypedId<Tag>& id) {
    return raw(id.value);
}

template <class T>
concept Fixed = UuidLike<T> || HashLike<T>;
template <Fixed T>
using FixedWire = std::conditional_t<UuidLike<T>, FlatUuid, FlatHash>;

// ---- texts ------------------------------------------------------------------------------------

inline const std::string& text_of(const std::string& text) { return text; }
inline const std::string& text_of(const Currency& currency) { return currency.code; }
inline std::string& text_of(std::string& text) { return text; }
inline std::string& text_of(Currency& currency) { return currency.code; }
template <class T>
concept Text = std::is_same_v<T, std::string> || std::is_same_v<T, Currency>;

// ---- what FlatBuffers calls them --------------------------------------------------------------

using flatbuffers::Table;
using Texts = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;
using Tables = flatbuffers::Vector<flatbuffers::Offset<Table>>;
using ByteVector = flatbuffers::Vector<std::uint8_t>;

} // namespace daybook::flat
