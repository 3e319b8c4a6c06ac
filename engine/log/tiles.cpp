#include "engine/log/tiles.h"

#include "events/base/check.h"
#include "events/base/planted.h"

#include <algorithm>
#include <bit>

namespace daybook::log {
namespace {

void append_hash(std::string& bytes, const Hash& hash) {
    bytes.append(hash.bytes.begin(), hash.bytes.end());
}

} // namespace

LineTree::LineTree(std::uint64_t tiles, std::vector<Hash> peaks, std::span<const Hash> edge)
    : tiles_(tiles), peaks_(std::move(peaks)) {
    CHECK(static_cast<std::size_t>(std::popcount(tiles)) == peaks_.size(),
          "n tiles have one peak for each one bit of n");
    CHECK(edge.size() < kTileLeaves, "a full edge is a tile");
    for (const Hash& leaf : edge)
        add(leaf);
}

std::optional<FullTile> LineTree::add(const Hash& leaf) {
    edge_.add(size() == 300 && planted("a leaf is left out of the tree") ? Hash() : leaf);
    edge_leaves_.push_back(leaf);
    if (edge_leaves_.size() < kTileLeaves)
        return std::nullopt;
    return complete_tile();
}

FullTile LineTree::complete_tile() {
    FullTile tile{.number = tiles_, .leaves = {}, .crown = {}};
    tile.leaves.reserve(kTileBytes);
    for (const Hash& leaf : edge_leaves_)
        append_hash(tile.leaves, leaf);

    Hash subtree = edge_.root();
    append_hash(tile.crown, subtree);
    for (std::uint64_t rest = tiles_; (rest & 1) != 0; rest >>= 1) {
        subtree = node_hash(peaks_.back(), subtree);
        peaks_.pop_back();
        append_hash(tile.crown, subtree);
    }
    peaks_.push_back(subtree);

    ++tiles_;
    edge_leaves_.clear();
    edge_ = Frontier();
    return tile;
}

Hash LineTree::root() const {
    std::vector<Hash> peaks = peaks_;
    peaks.insert(peaks.end(), edge_.peaks().begin(), edge_.peaks().end());
    return Frontier::from_peaks(size(), std::move(peaks)).root();
}

Result<std::vector<Hash>> peaks_from_crowns(std::uint64_t tiles, const CrownOfTile& crown_of) {
    std::vector<Hash> peaks;
    std::uint64_t end = 0;
    for (int height = 63; height >= 0; --height) {
        const std::uint64_t width = std::uint64_t{1} << height;
        if ((tiles & width) == 0)
            continue;
        end += width;
        const std::string crown = TRY(crown_of(end - 1));
        peaks.push_back(TRY(hash_at(crown, static_cast<std::size_t>(height))));
    }
    return peaks;
}

Result<Hash> hash_at(std::string_view hashes, std::size_t at) {
    if (hashes.size() < (at + 1) * kHashBytes)
        return fail(ErrorKind::corrupt, "stored hashes end early");
    Hash hash;
    std::copy_n(hashes.begin() + static_cast<std::ptrdiff_t>(at * kHashBytes), kHashBytes,
                hash.bytes.begin());
    return hash;
}

} // namespace daybook::log
