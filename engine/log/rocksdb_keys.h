// Where everything lies in the log's RocksDB: column families and the bytes of their keys.
//
//     family      key                                     value
//     records     line u32 ‖ revision u64                 record bytes, as hashed
//     index       line u32 ‖ index u8 ‖ key               value
//     tiles       line u32 ‖ 0 ‖ tile u64                 256 leaf hashes            (tiles.h)
//                 line u32 ‖ 1 ‖ tile u64                 crown of the tile          (tiles.h)
//     persons     line u32 ‖ SHA-256 of the bytes         bytes
//     unfinished  line u32                                "" while the line is out of sight
//     groups      group u64                               chain ‖ row (group_chain.h)
//                 0                                       chain(0) ‖ realm: the log's birth
//
// Integers are big-endian: keys sort as their numbers, a line lies together, and appending one line
// writes rising keys, which RocksDB takes four times as fast as scattered ones.
#pragma once

#include "engine/log/big_endian.h"
#include "engine/log/event_log.h"

#include <array>
#include <limits>

namespace daybook::log {

// In the order in which they are made, which is also their order in each batch of changes that
// RocksDB writes to its MANIFEST. It takes a MANIFEST with a damaged tail for one that ends there
// and forgets, without a word, the files named behind. `groups` is last, so whatever is forgotten
// takes rows of groups along; and those are counted (rocksdb_log_inspection.h).
enum class Family : std::uint8_t { records, index, tiles, persons, unfinished, groups };
inline constexpr std::array<const char*, 6> kFamilyNames = {"records", "index",      "tiles",
                                                            "persons", "unfinished", "groups"};

enum class TilePart : std::uint8_t { leaves = 0, crown = 1 };

// A key of known length, without a heap.
template <std::size_t Size>
struct FixedKey {
    std::array<char, Size> bytes;
    operator std::string_view() const { return {bytes.data(), Size}; }
};

inline FixedKey<4> line_key(LineNumber line) {
    FixedKey<4> key;
    write_big_endian(key.bytes.data(), line);
    return key;
}

inline FixedKey<8> group_key(std::uint64_t group) {
    FixedKey<8> key;
    write_big_endian(key.bytes.data(), group);
    return key;
}

inline FixedKey<12> record_key(LineNumber line, Revision revision) {
    FixedKey<12> key;
    write_big_endian(key.bytes.data(), line);
    write_big_endian(key.bytes.data() + 4, revision);
    return key;
}

inline FixedKey<13> tile_key(LineNumber line, TilePart part, std::uint64_t tile) {
    FixedKey<13> key;
    write_big_endian(key.bytes.data(), line);
    key.bytes[4] = static_cast<char>(part);
    write_big_endian(key.bytes.data() + 5, tile);
    return key;
}

inline FixedKey<36> person_key(LineNumber line, const Hash& name) {
    FixedKey<36> key;
    write_big_endian(key.bytes.data(), line);
    std::copy(name.bytes.begin(), name.bytes.end(), key.bytes.begin() + 4);
    return key;
}

inline constexpr std::size_t kIndexKeyPrefixBytes = 5;

inline std::string index_key(LineNumber line, Index index, std::string_view key) {
    std::string bytes;
    bytes.reserve(kIndexKeyPrefixBytes + key.size());
    append_big_endian(bytes, line);
    append_big_endian(bytes, static_cast<std::uint8_t>(index));
    bytes.append(key);
    return bytes;
}

// The smallest key above every key that starts with `prefix`; empty when there is none.
inline std::string after_prefix(std::string_view prefix) {
    std::string end(prefix);
    while (!end.empty() && end.back() == '\xff')
        end.pop_back();
    if (!end.empty())
        end.back() = static_cast<char>(end.back() + 1);
    return end;
}

} // namespace daybook::log
