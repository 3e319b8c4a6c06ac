// The tree of a line, built leaf by leaf by an auditor who has only the hash functions: every
// perfect subtree as it fills, and the root of each size.
#pragma once

#include "engine/log/merkle.h"

#include <functional>

namespace daybook::audit {

class GrowingTree {
  public:
    // Told of each perfect subtree that the leaf fills, the leaf itself first.
    using Filled = std::function<void(unsigned height, std::uint64_t index, const Hash& root)>;

    void add(const Hash& leaf, const Filled& filled = {}) {
        Hash hash = leaf;
        std::uint64_t index = size_++;
        for (unsigned height = 0;; ++height, index >>= 1) {
            if (filled)
                filled(height, index, hash);
            if ((index & 1) == 0)
                break;
            hash = log::node_hash(peaks_.back(), hash);
            peaks_.pop_back();
        }
        peaks_.push_back(hash);
    }
    std::uint64_t size() const { return size_; }
    Hash root() const {
        if (peaks_.empty())
            return log::empty_root();
        Hash hash = peaks_.back();
        for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak)
            hash = log::node_hash(*peak, hash);
        return hash;
    }

  private:
    std::uint64_t size_ = 0;
    std::vector<Hash> peaks_; // Largest first.
};

} // namespace daybook::audit
