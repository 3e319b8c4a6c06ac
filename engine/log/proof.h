// Proofs that whoever holds a checkpoint can check with nothing but SHA-256 (RFC 9162, 2.1.3 and
// 2.1.4): that a record is in a line, and that a line only grew.
//
// Revision n is leaf n − 1. A proof is a few dozen hashes, each one lookup or one tile to hash.
// The checking half is pure and knows no log; what `verify` shares with the server is this alone.
#pragma once

#include "engine/log/event_log.h"

namespace daybook::log {

struct InclusionProof {
    std::uint64_t index = 0; // Of the leaf, from 0.
    std::uint64_t size = 0;  // Of the tree.
    Hash leaf;
    Hash root;
    std::vector<Hash> path; // Siblings, from the leaf upwards.

    bool operator==(const InclusionProof&) const = default;
};

struct ConsistencyProof {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    Hash from_root;
    Hash to_root;
    std::vector<Hash> path;

    bool operator==(const ConsistencyProof&) const = default;
};

// ErrorKind::invalid unless 1 <= revision <= size <= head.
Result<InclusionProof> prove_inclusion(const LogReader& log, LineNumber line, Revision revision,
                                       Revision size);
// ErrorKind::invalid unless 1 <= from <= to <= head. (Nothing has to be proven of an empty tree.)
Result<ConsistencyProof> prove_consistency(const LogReader& log, LineNumber line, Revision from,
                                           Revision to);

// Whether the path leads from the leaf at that index to that root of a tree of that size.
bool is_sound(const InclusionProof& proof);
// Whether the first `from` leaves of the one tree are those of the other.
bool is_sound(const ConsistencyProof& proof);

} // namespace daybook::log
