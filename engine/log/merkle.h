// RFC 9162 Merkle trees: leaf = SHA-256(0x00 ‖ bytes), node = SHA-256(0x01 ‖ left ‖ right), the
// empty tree = SHA-256 of nothing, split at the largest power of two below n.
#pragma once

#include "events/identifiers.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace daybook::log {

Hash sha256(std::string_view bytes);
Hash leaf_hash(std::string_view record);
Hash node_hash(const Hash& left, const Hash& right);
Hash empty_root();

// The right edge of a tree: one root per perfect subtree, largest first (RFC 9162 2.1.2 "compact
// range"). Adding a leaf is amortised O(1); the root of the whole costs O(log n).
class Frontier {
  public:
    void add(const Hash& leaf);
    std::uint64_t size() const { return size_; }
    Hash root() const;

    // A frontier over `size` leaves whose perfect subtrees, largest first, are `peaks`.
    static Frontier from_peaks(std::uint64_t size, std::vector<Hash> peaks);
    const std::vector<Hash>& peaks() const { return peaks_; }

  private:
    std::uint64_t size_ = 0;
    std::vector<Hash> peaks_;
};

} // namespace daybook::log
