#include "engine/log/proof.h"

#include "engine/log/append_rules.h"
#include "engine/log/tiles.h"
#include "events/base/planted.h"

#include <algorithm>
#include <bit>
#include <map>

namespace daybook::log {
namespace {

// The tree over leaves [first, last) of one line, as RFC 9162 cuts it: left of the cut lies the
// largest perfect subtree that leaves something on the right.
class Tree {
  public:
    // The line has at least `size` records.
    Tree(const LogReader& log, LineNumber line, std::uint64_t size)
        : log_(log), line_(line), size_(size) {}

    static std::uint64_t cut(std::uint64_t first, std::uint64_t last) {
        return first + std::bit_floor(last - first - 1);
    }

    // Paths and roots meet in the same nodes, which are asked for once.
    Result<Hash> root(std::uint64_t first, std::uint64_t last) {
        const auto known = known_.find({first, last});
        if (known != known_.end())
            return known->second;
        const Hash hash = TRY(root_from_log(first, last));
        known_.emplace(std::pair{first, last}, hash);
        return hash;
    }

    // PATH of 2.1.3.1, the sibling nearest to the leaf first.
    Result<std::vector<Hash>> path(std::uint64_t leaf) {
        std::vector<Hash> siblings;
        for (std::uint64_t first = 0, last = size_; last - first > 1;) {
            const std::uint64_t middle = cut(first, last);
            if (leaf < middle) {
                siblings.push_back(TRY(root(middle, last)));
                last = middle;
            } else {
                siblings.push_back(TRY(root(first, middle)));
                first = middle;
            }
        }
        std::ranges::reverse(siblings);
        return siblings;
    }

    // PROOF of 2.1.4.1: down to where the smaller tree ends.
    Result<std::vector<Hash>> consistency(std::uint64_t from) {
        std::vector<Hash> nodes;
        std::uint64_t first = 0, last = size_;
        while (from != last) {
            const std::uint64_t middle = cut(first, last);
            if (from <= middle) {
                nodes.push_back(TRY(root(middle, last)));
                last = middle;
            } else {
                nodes.push_back(TRY(root(first, middle)));
                first = middle;
            }
        }
        if (first > 0) // Else the node is the smaller tree itself, whose root is known.
            nodes.push_back(TRY(root(first, last)));
        std::ranges::reverse(nodes);
        return nodes;
    }

  private:
    // Only perfect subtrees are looked up or hashed: roots and path share most of those, and of
    // ragged ones nothing.
    Result<Hash> root_from_log(std::uint64_t first, std::uint64_t last) {
        const std::uint64_t width = last - first;
        if (!std::has_single_bit(width)) {
            const std::uint64_t middle = cut(first, last);
            const Hash left = TRY(root(first, middle));
            const Hash right = TRY(root(middle, last));
            return node_hash(left, right);
        }
        if (width < kTileLeaves)
            return root_in_tile(first, last);
        const auto height = static_cast<unsigned>(std::countr_zero(width));
        return log_.subtree(line_, height, first >> height);
    }

    // A path ends in as many subtrees of one tile as a tile has levels: read once, not once each.
    Result<Hash> root_in_tile(std::uint64_t first, std::uint64_t last) {
        const std::uint64_t begin = first / kTileLeaves * kTileLeaves;
        std::vector<Hash>& leaves = tiles_[begin];
        if (leaves.empty())
            leaves = TRY(log_.leaves(line_, begin + 1, std::min(begin + kTileLeaves, size_)));
        Frontier tree;
        for (std::uint64_t leaf = first; leaf < last; ++leaf)
            tree.add(leaves[leaf - begin]);
        return tree.root();
    }

    const LogReader& log_;
    LineNumber line_;
    std::uint64_t size_;
    std::map<std::uint64_t, std::vector<Hash>> tiles_; // Read so far, by their first leaf.
    std::map<std::pair<std::uint64_t, std::uint64_t>, Hash> known_;
};

} // namespace

Result<InclusionProof> prove_inclusion(const LogReader& log, LineNumber line, Revision revision,
                                       Revision size) {
    const LineHead head = TRY(log.head(line));
    TRY(check_range(line, revision, size, head.revision));
    InclusionProof proof;
    proof.index = revision - 1;
    proof.size = size;
    Tree tree(log, line, size);
    proof.root = size == head.revision ? head.root : TRY(tree.root(0, size));
    proof.path = TRY(tree.path(proof.index));
    proof.leaf = TRY(tree.root(proof.index, revision));
    return proof;
}

Result<ConsistencyProof> prove_consistency(const LogReader& log, LineNumber line, Revision from,
                                           Revision to) {
    const LineHead head = TRY(log.head(line));
    TRY(check_range(line, from, to, head.revision));
    Tree tree(log, line, to);
    ConsistencyProof proof{from, to, {}, {}, {}};
    proof.from_root = TRY(tree.root(0, from));
    proof.to_root = to == head.revision ? head.root : TRY(tree.root(0, to));
    proof.path = TRY(tree.consistency(from));
    return proof;
}

// RFC 9162, 2.1.3.2: fn walks up from the leaf, sn from the last leaf.
bool is_sound(const InclusionProof& proof) {
    if (proof.index >= proof.size)
        return false;
    std::uint64_t at = proof.index, last = proof.size - 1;
    Hash hash = proof.leaf;
    for (const Hash& sibling : proof.path) {
        if (last == 0)
            return false;
        if ((at & 1) != 0 || at == last) {
            hash = node_hash(sibling, hash);
            while ((at & 1) == 0 && at != 0) {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(hash, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    return (last == 0 || planted("a path may end below the root")) && hash == proof.root;
}

// RFC 9162, 2.1.4.2: both roots are built from the same nodes.
bool is_sound(const ConsistencyProof& proof) {
    if (proof.from == 0 || proof.from > proof.to)
        return false;
    if (proof.from == proof.to)
        return proof.path.empty() && proof.from_root == proof.to_root;
    std::vector<Hash> path = proof.path;
    if (std::has_single_bit(proof.from))
        path.insert(path.begin(), proof.from_root);
    if (path.empty())
        return false;
    std::uint64_t at = proof.from - 1, last = proof.to - 1;
    while ((at & 1) != 0) {
        at >>= 1;
        last >>= 1;
    }
    Hash from = path.front(), to = path.front();
    for (const Hash& node : std::span(path).subspan(1)) {
        if (last == 0)
            return false;
        if ((at & 1) != 0 || at == last) {
            from = node_hash(node, from);
            to = node_hash(node, to);
            while ((at & 1) == 0 && at != 0) {
                at >>= 1;
                last >>= 1;
            }
        } else {
            to = node_hash(to, node);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && to == proof.to_root
           && (from == proof.from_root || planted("the older root is not compared"));
}

} // namespace daybook::log
