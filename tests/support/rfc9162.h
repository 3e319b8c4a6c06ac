// The definitions of RFC 9162, 2.1, word for word, over the whole list of leaves: what trees and
// proofs are held against. With the product they share the hash of two nodes alone.
#pragma once

#include "engine/log/merkle.h"

#include <bit>
#include <span>
#include <vector>

namespace daybook::tests::rfc9162 {

using Leaves = std::span<const Hash>;

inline std::size_t cut(Leaves d) { return std::bit_floor(d.size() - 1); }

inline Hash mth(Leaves d) {
    if (d.empty())
        return log::empty_root();
    if (d.size() == 1)
        return d[0];
    return log::node_hash(mth(d.first(cut(d))), mth(d.subspan(cut(d))));
}

inline std::vector<Hash> joined(std::vector<Hash> a, const Hash& b) {
    a.push_back(b);
    return a;
}

inline std::vector<Hash> path(std::size_t m, Leaves d) {
    if (d.size() == 1)
        return {};
    const std::size_t k = cut(d);
    return m < k ? joined(path(m, d.first(k)), mth(d.subspan(k)))
                 : joined(path(m - k, d.subspan(k)), mth(d.first(k)));
}

inline std::vector<Hash> subproof(std::size_t m, Leaves d, bool whole) {
    if (m == d.size())
        return whole ? std::vector<Hash>{} : std::vector<Hash>{mth(d)};
    const std::size_t k = cut(d);
    return m <= k ? joined(subproof(m, d.first(k), whole), mth(d.subspan(k)))
                  : joined(subproof(m - k, d.subspan(k), false), mth(d.first(k)));
}

} // namespace daybook::tests::rfc9162
