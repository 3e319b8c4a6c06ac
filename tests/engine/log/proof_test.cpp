// Proofs: the same as RFC 9162's own recursion gives, for every leaf and every pair of sizes; sound
// as they are made, and unsound as soon as anything about them is another.
#include "engine/log/proof.h"

#include "engine/log/memory_event_log.h"
#include "tests/support/ok.h"
#include "tests/support/rfc9162.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::tests {
namespace {

using namespace log;
using namespace rfc9162;

constexpr LineNumber kLine = 3;

void fill(MemoryEventLog& log, Revision records) {
    Commit commit{.line = kLine, .expected_head = 0};
    for (Revision n = 1; n <= records; ++n)
        commit.records.push_back("record " + std::to_string(n));
    ok(log.append({&commit, 1}));
}

TEST(Proof, IsThatOfTheRecursionForEveryLeafAndSize) {
    constexpr Revision kRecords = 70;
    MemoryEventLog log;
    fill(log, kRecords);
    const std::vector<Hash> leaves = ok(log.leaves(kLine, 1, kRecords));
    for (Revision size = 1; size <= kRecords; ++size) {
        const Leaves tree = Leaves(leaves).first(size);
        for (Revision revision = 1; revision <= size; ++revision) {
            const InclusionProof inclusion = ok(prove_inclusion(log, kLine, revision, size));
            ASSERT_EQ(inclusion.path, path(revision - 1, tree)) << revision << " of " << size;
            ASSERT_EQ(inclusion.root, mth(tree));
            ASSERT_TRUE(is_sound(inclusion)) << revision << " of " << size;
            const ConsistencyProof consistency = ok(prove_consistency(log, kLine, revision, size));
            ASSERT_EQ(consistency.path, subproof(revision, tree, true)) << revision << "-" << size;
            ASSERT_TRUE(is_sound(consistency)) << revision << " to " << size;
        }
    }
}

TEST(Proof, IsRefusedOutsideTheLine) {
    MemoryEventLog log;
    fill(log, 5);
    const std::pair<Revision, Revision> bad[] = {{0, 5}, {6, 6}, {3, 2}, {1, 6}};
    for (const auto& [low, high] : bad) {
        EXPECT_EQ(kind_of_failure(prove_inclusion(log, kLine, low, high)), ErrorKind::invalid);
        EXPECT_EQ(kind_of_failure(prove_consistency(log, kLine, low, high)), ErrorKind::invalid);
    }
}

// The path is the same; it ends below the root of the larger tree.
TEST(Proof, OfASmallerTreeIsNoneOfALarger) {
    MemoryEventLog log;
    fill(log, 8);
    InclusionProof proof = ok(prove_inclusion(log, kLine, 4, 8));
    EXPECT_TRUE(is_sound(proof));
    for (const std::uint64_t larger : {9, 16, 1'000}) {
        proof.size = larger;
        EXPECT_FALSE(is_sound(proof)) << larger;
    }
}

Hash flipped(Hash hash, std::size_t bit) {
    hash.bytes[bit / 8 % hash.bytes.size()] ^= static_cast<std::uint8_t>(1U << bit % 8);
    return hash;
}

// Every way in which one thing about a proof is another.
template <class Proof>
std::vector<Proof> altered(const Proof& proof, std::size_t bit) {
    std::vector<Proof> others;
    for (std::size_t i = 0; i < proof.path.size(); ++i) {
        others.push_back(proof);
        others.back().path[i] = flipped(proof.path[i], bit);
        others.push_back(proof);
        others.back().path.erase(others.back().path.begin() + static_cast<std::ptrdiff_t>(i));
        others.push_back(proof);
        others.back().path.insert(others.back().path.begin() + static_cast<std::ptrdiff_t>(i),
                                  proof.path[i]);
    }
    others.push_back(proof);
    others.back().path.push_back(flipped({}, bit));
    return others;
}

RC_GTEST_PROP(Proof, OfSomethingElseIsUnsound, ()) {
    MemoryEventLog log;
    const auto records = *rc::gen::inRange<Revision>(2, 600);
    fill(log, records);
    const auto size = *rc::gen::inRange<Revision>(2, records + 1);
    const auto revision = *rc::gen::inRange<Revision>(1, size);
    const auto bit = *rc::gen::inRange<std::size_t>(0, 256);

    const InclusionProof inclusion = ok(prove_inclusion(log, kLine, revision, size));
    RC_ASSERT(is_sound(inclusion));
    std::vector<InclusionProof> lies = altered(inclusion, bit);
    for (const auto& [index, tree] : {std::pair{inclusion.index + 1, size},
                                      {inclusion.index ^ 1, size},
                                      {size, size},
                                      {inclusion.index, Revision{0}}}) {
        lies.push_back(inclusion);
        lies.back().index = index;
        lies.back().size = tree;
    }
    lies.push_back(inclusion);
    lies.back().leaf = flipped(inclusion.leaf, bit);
    lies.push_back(inclusion);
    lies.back().root = flipped(inclusion.root, bit);
    for (const InclusionProof& lie : lies)
        RC_ASSERT(lie == inclusion || !is_sound(lie));

    const ConsistencyProof consistency = ok(prove_consistency(log, kLine, revision, size));
    RC_ASSERT(is_sound(consistency));
    std::vector<ConsistencyProof> claims = altered(consistency, bit);
    claims.push_back(consistency);
    claims.back().from_root = flipped(consistency.from_root, bit);
    claims.push_back(consistency);
    claims.back().to_root = flipped(consistency.to_root, bit);
    claims.push_back(consistency);
    claims.back().from = 0;
    claims.push_back(consistency);
    claims.back().from = size + 1;
    for (const ConsistencyProof& claim : claims)
        RC_ASSERT(!is_sound(claim));
}

} // namespace
} // namespace daybook::tests
