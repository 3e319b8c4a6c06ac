// The log is the books: append-only lines of records, each line one RFC 9162 Merkle tree.
//
// The port knows bytes, positions and hashes; it knows no invoice. What a record means is in
// events/, what may be appended is decided by engine/command/sequencer.h.
//
// Every implementation promises (tests/engine/log/event_log_contract.cpp holds each one to it):
//   - append() is all or nothing for the whole group, durable before it returns, and refuses with
//     ErrorKind::conflict, writing nothing, when a line's head is not the one expected. Versions of
//     things are a function of the line, so expecting the head expects every version in it.
//   - revisions of a line are 1, 2, 3 … without gaps; leaf index = revision - 1.
//   - a reader that has seen revision n sees 1..n for ever, byte for byte.
//   - the hash of a leaf covers the record's bytes as stored; nothing is ever re-encoded.
// Threads: one writer calls append(); any thread may read.
#pragma once

#include "engine/log/merkle.h"
#include "events/base/result.h"
#include "events/calendar.h"
#include "events/identifiers.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::log {

// Local number of a line in this data directory. Line 0 is the instance's own book; it says which
// company, log and epoch each other number holds (event CompanyOpened).
using LineNumber = std::uint32_t;
inline constexpr LineNumber kInstanceLine = 0;

// Write-side indexes: derived from the records they are appended with, so they can be rebuilt.
// Keys and values are opaque here; engine/command/write_index.h derives and reads them.
enum class Index : std::uint8_t {
    thing = 1,   // kind ‖ id ‖ version -> revision
    touch = 2,   // kind ‖ id ‖ kind ‖ id of who touched it -> ""
    command = 3, // actor ‖ idempotency key -> commit
    claim = 4,   // unique codes, live source ids -> owner
};

struct IndexPut {
    Index index;
    std::string key;
    std::optional<std::string> value; // Nothing = the key is removed (a claim is given up).
};

// Personal data that the law does not need in the books, named by SHA-256 of its bytes.
struct PersonBlob {
    Hash name;
    std::string bytes;
};

// The events of one command: consecutive records of one line.
struct Commit {
    LineNumber line;
    Revision expected_head; // Head before this commit, counting earlier commits of the same group.
    std::vector<std::string> records;
    std::vector<IndexPut> index;
    std::vector<PersonBlob> persons;
};

struct LineHead {
    Revision revision = 0; // Number of records; 0 for a line never written.
    Hash root;             // RFC 9162 root of all of them; hash of nothing when empty.

    bool operator==(const LineHead&) const = default;
};

struct StoredRecord {
    Revision revision;
    std::string bytes;

    bool operator==(const StoredRecord&) const = default;
};

struct IndexEntry {
    std::string key;
    std::string value;

    bool operator==(const IndexEntry&) const = default;
};

// Bounds of one read; the read ends at whichever comes first, but yields at least one record.
struct ReadLimit {
    std::size_t records_max = 1'000;
    std::size_t bytes_max = 4 * 1024 * 1024;
};

// The half that readers get: projections, verifier, backup. It cannot write by type.
class LogReader {
  public:
    virtual ~LogReader() = default;

    virtual Result<LineHead> head(LineNumber line) const = 0;
    // Root of the first `size` records; size <= head.
    virtual Result<Hash> root_at(LineNumber line, Revision size) const = 0;
    // Records from `from` (>= 1) on, in order; empty when `from` is past the head.
    virtual Result<std::vector<StoredRecord>> read(LineNumber line, Revision from,
                                                   ReadLimit limit = {}) const = 0;
    // Leaf hashes of [first, last], for proofs.
    virtual Result<std::vector<Hash>> leaves(LineNumber line, Revision first,
                                             Revision last) const = 0;
    // Root of the perfect subtree of 2^height leaves that begins at leaf index · 2^height; one
    // lookup, or one tile to hash. ErrorKind::invalid where the line does not reach its end.
    virtual Result<Hash> subtree(LineNumber line, unsigned height, std::uint64_t index) const = 0;
    virtual Result<std::optional<std::string>> find_index(LineNumber line, Index index,
                                                          std::string_view key) const = 0;
    // Entries whose key starts with `prefix`, in key order.
    virtual Result<std::vector<IndexEntry>> scan_index(LineNumber line, Index index,
                                                       std::string_view prefix) const = 0;
    // Nothing when there is none: never written, or erased.
    virtual Result<std::optional<std::string>> find_person(LineNumber line,
                                                           const Hash& name) const = 0;
    // Lines that hold at least one record, ascending.
    virtual Result<std::vector<LineNumber>> lines() const = 0;
};

class EventLog : public LogReader {
  public:
    // One group, one sync. Returns the head of each commit's line after it, in order.
    virtual Result<std::vector<LineHead>> append(std::span<const Commit> group) = 0;

    // Calls back, on the appending thread and after the sync, with each line a group moved and its
    // new head. The callback must be quick and must not call append(). It lives until unwatch().
    using Watcher = std::function<void(LineNumber, const LineHead&)>;
    virtual std::uint64_t watch(Watcher watcher) = 0;
    virtual void unwatch(std::uint64_t id) = 0;
};

} // namespace daybook::log
