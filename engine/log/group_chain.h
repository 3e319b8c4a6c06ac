// The chain of groups: what makes a lost or altered tail of the log visible.
//
// Each group has a number, 1, 2, 3 …, and a row that names every line it moved:
//
//     row     0  u64  bytes of all records of the log up to and with this group
//             8  u32  number of entries, lines rising, one entry a line
//            12       entries of 53 bytes:
//                       0  u8   what happened: 1 appended, 2 filled, 3 shown, 4 swept
//                       1  u32  line
//                       5  u64  first revision that this group wrote
//                      13  u64  last revision (first - 1: none)
//                      21  32   root of the line's first `last` records
//
//     chain(0) = SHA-256(0x02 ‖ realm),   chain(n) = SHA-256(0x02 ‖ chain(n - 1) ‖ row(n))
//
// The log stores chain ‖ row under each number; the head file, a file of its own, holds number and
// chain of the last group that was acknowledged. Two places that must agree: no single fault can
// shorten both.
#pragma once

#include "engine/log/event_log.h"

#include <optional>
#include <string>

namespace daybook::log {

enum class Deed : std::uint8_t {
    appended = 1,
    filled = 2, // Appended to a line that is out of sight.
    shown = 3,
    swept = 4, // Everything of an unfinished line is being removed.
};

struct GroupEntry {
    Deed deed;
    LineNumber line;
    Revision first;
    Revision last;
    Hash root;

    bool operator==(const GroupEntry&) const = default;
};

struct GroupRow {
    std::uint64_t bytes = 0;
    std::vector<GroupEntry> entries;

    bool operator==(const GroupRow&) const = default;
};

std::string encode_row(const GroupRow& row);
// ErrorKind::corrupt unless the bytes are exactly what encode_row() makes.
Result<GroupRow> decode_row(std::string_view bytes);

Hash first_chain(const Uuid& realm);
Hash next_chain(const Hash& previous, std::string_view row);

// Where a chain stands; what a slot of the head file says, and what the end of the log says.
struct ChainPosition {
    Uuid realm;
    std::uint64_t group = 0;
    Hash chain;
    std::uint64_t bytes = 0;

    bool operator==(const ChainPosition&) const = default;
};

// The end of the log as it lies in RocksDB.
struct LogEnd {
    ChainPosition position;
    std::string last_row; // Empty at group 0.
};

// Nothing when the log is exactly what the head promises, or one whole group ahead of it: written
// and synced, but not acknowledged before the process ended. Otherwise what is wrong, in words.
std::optional<std::string> find_disagreement(const ChainPosition& head, const LogEnd& end);

} // namespace daybook::log
