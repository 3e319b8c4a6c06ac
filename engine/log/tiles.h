// Tiles: the leaf hashes of a line, kept so that no root and no proof hashes the line again.
//
// A tile is 256 leaf hashes, 8 KiB, as in C2SP tlog-tiles; only full tiles are stored, and a full
// tile never changes. Beside each lies its *crown*: the roots of all perfect subtrees whose last
// leaf is the tile's last leaf, smallest (the tile's own root) first.
//
//     tile k       32 × 256 bytes   leaves 256k … 256k + 255 (counted from 0)
//     crown of k   32 × (1 + trailing one bits of k) bytes
//
// Every perfect subtree of 256 leaves or more ends with exactly one tile, so its root is one
// lookup: height h above tiles, ending with tile k -> crown of k, hash h. What is right of the last
// full tile, the *edge*, is at most 255 leaves and is derived from their records when a line is
// first used: nothing about it is stored that could be wrong.
#pragma once

#include "engine/log/event_log.h"
#include "engine/log/merkle.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace daybook::log {

inline constexpr unsigned kTileHeight = 8;
inline constexpr std::uint64_t kTileLeaves = 1 << kTileHeight;
inline constexpr std::size_t kHashBytes = 32;
inline constexpr std::size_t kTileBytes = kTileLeaves * kHashBytes;

struct FullTile {
    std::uint64_t number;
    std::string leaves;
    std::string crown;
};

// The tree of one line as far as the next append and the next root need it: peaks over full tiles
// and the edge. A value; a few hundred bytes to 9 KiB.
class LineTree {
  public:
    LineTree() = default;
    // `peaks` are the roots of the perfect subtrees over `tiles` full tiles, largest first.
    LineTree(std::uint64_t tiles, std::vector<Hash> peaks, std::span<const Hash> edge);

    // The tile that this leaf completes, if it does.
    std::optional<FullTile> add(const Hash& leaf);

    std::uint64_t size() const { return tiles_ * kTileLeaves + edge_leaves_.size(); }
    std::uint64_t tiles() const { return tiles_; }
    std::span<const Hash> edge() const { return edge_leaves_; }
    Hash root() const;
    LineHead head() const { return {size(), root()}; }

  private:
    FullTile complete_tile();

    std::uint64_t tiles_ = 0;
    std::vector<Hash> peaks_;
    std::vector<Hash> edge_leaves_;
    Frontier edge_;
};

// Peaks over the first `tiles` tiles, one crown read for each.
using CrownOfTile = std::function<Result<std::string>(std::uint64_t tile)>;
Result<std::vector<Hash>> peaks_from_crowns(std::uint64_t tiles, const CrownOfTile& crown_of);

// Hash number `at` of stored hashes; ErrorKind::corrupt when there are not so many.
Result<Hash> hash_at(std::string_view hashes, std::size_t at);

} // namespace daybook::log
