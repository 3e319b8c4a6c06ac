#include "engine/log/merkle.h"

#include "engine/log/tiles.h"

#include <bit>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::log {
namespace {

std::string unhex(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    return bytes;
}

// The leaves and roots that every Certificate Transparency implementation is tested with
// (certificate-transparency, merkle_tree_test; RFC 6962 2.1).
const std::vector<std::string> kLeaves = {"",
                                          "00",
                                          "10",
                                          "2021",
                                          "3031",
                                          "40414243",
                                          "5051525354555657",
                                          "606162636465666768696a6b6c6d6e6f"};
const std::vector<std::string> kRoots = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

// RFC 9162 2.1.1, word for word, sharing nothing with Frontier.
Hash recursive_root(std::span<const Hash> leaves) {
    if (leaves.empty())
        return sha256("");
    if (leaves.size() == 1)
        return leaves[0];
    const std::size_t split = std::bit_floor(leaves.size() - 1);
    return node_hash(recursive_root(leaves.first(split)), recursive_root(leaves.subspan(split)));
}

std::vector<Hash> numbered_leaves(std::size_t count) {
    std::vector<Hash> leaves;
    for (std::size_t i = 0; i < count; ++i)
        leaves.push_back(leaf_hash("record " + std::to_string(i)));
    return leaves;
}

TEST(Sha256, FollowsFips180) {
    EXPECT_EQ(to_hex(sha256("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(to_hex(sha256(std::string(1'000'000, 'a'))),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Frontier, YieldsTheRootsOfRfc6962) {
    Frontier frontier;
    EXPECT_EQ(to_hex(frontier.root()), kRoots[0]);
    for (std::size_t i = 0; i < kLeaves.size(); ++i) {
        frontier.add(leaf_hash(unhex(kLeaves[i])));
        EXPECT_EQ(to_hex(frontier.root()), kRoots[i + 1]);
        EXPECT_EQ(frontier.size(), i + 1);
    }
}

TEST(Frontier, TellsALeafFromANode) {
    const Hash left = leaf_hash("a");
    const Hash right = leaf_hash("b");
    std::string both(left.bytes.begin(), left.bytes.end());
    both.append(right.bytes.begin(), right.bytes.end());
    EXPECT_NE(leaf_hash(both), node_hash(left, right));
}

RC_GTEST_PROP(Frontier, EqualsTheRecursionOfRfc9162, ()) {
    const auto leaves = numbered_leaves(*rc::gen::inRange<std::size_t>(0, 2'000));
    Frontier frontier;
    for (const Hash& leaf : leaves)
        frontier.add(leaf);
    RC_ASSERT(frontier.root() == recursive_root(leaves));
    RC_ASSERT(Frontier::from_peaks(frontier.size(), frontier.peaks()).root() == frontier.root());
}

TEST(LineTree, HasTheSameRootAsTheRecursionAroundEveryTileBorder) {
    const auto leaves = numbered_leaves(5 * kTileLeaves + 2);
    LineTree tree;
    for (std::size_t size = 0; size <= leaves.size(); ++size) {
        if (size % kTileLeaves <= 1 || size % kTileLeaves == kTileLeaves - 1) {
            EXPECT_EQ(tree.root(), recursive_root(std::span(leaves).first(size))) << size;
        }
        if (size < leaves.size())
            tree.add(leaves[size]);
    }
}

TEST(LineTree, CrownsHoldTheRootOfEveryPerfectSubtreeThatEndsWithTheTile) {
    const auto leaves = numbered_leaves(8 * kTileLeaves);
    LineTree tree;
    for (const Hash& leaf : leaves) {
        const auto tile = tree.add(leaf);
        if (!tile)
            continue;
        const std::size_t end = (tile->number + 1) * kTileLeaves;
        const auto roots = static_cast<std::size_t>(std::countr_one(tile->number)) + 1;
        ASSERT_EQ(tile->crown.size(), roots * kHashBytes);
        ASSERT_EQ(tile->leaves.size(), kTileBytes);
        for (std::size_t height = 0; height < roots; ++height) {
            const std::size_t width = kTileLeaves << height;
            EXPECT_EQ(*hash_at(tile->crown, height),
                      recursive_root(std::span(leaves).subspan(end - width, width)));
        }
        EXPECT_EQ(*hash_at(tile->leaves, 255), leaf);
    }
}

RC_GTEST_PROP(LineTree, ComesBackFromItsCrownsAndItsEdge, ()) {
    const auto leaves = numbered_leaves(*rc::gen::inRange<std::size_t>(0, 12 * kTileLeaves));
    LineTree tree;
    std::vector<std::string> crowns;
    for (const Hash& leaf : leaves)
        if (const auto tile = tree.add(leaf))
            crowns.push_back(tile->crown);
    const auto peaks = peaks_from_crowns(
        tree.tiles(), [&](std::uint64_t tile) -> Result<std::string> { return crowns.at(tile); });
    RC_ASSERT(peaks.has_value());
    const LineTree again(tree.tiles(), *peaks, tree.edge());
    RC_ASSERT(again.head() == tree.head());
    RC_ASSERT(again.head().revision == leaves.size());
}

} // namespace
} // namespace daybook::log
