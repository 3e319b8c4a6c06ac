// Power cuts, failing and full disks, flipped bits: the shipped sequencer, log and head file on a
// simulated disk, on one thread, from a seed. All that was acknowledged is there afterwards, byte
// for byte; the group that was under way is there as a whole or not at all; and work goes on.
//
// DAYBOOK_SEEDS says how many seeds, DAYBOOK_SEED where they begin, DAYBOOK_CUTS how many faults a
// seed meets. A failure prints its seed.

#include "tests/simulation/world.h"
#include "tests/support/count.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace daybook::simulation {
namespace {

constexpr std::uint64_t kSeeds = 1'000;
constexpr std::uint64_t kFaults = 8;

// In parts, so that more than one processor is busy.
constexpr std::uint64_t kParts = 8;
class Crash : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Crash, LosesNothingThatWasAcknowledgedAndLeavesNothingHalfDone) {
    const std::uint64_t seeds = tests::number_in("DAYBOOK_SEEDS", kSeeds);
    const std::uint64_t first = tests::number_in("DAYBOOK_SEED", 1);
    const std::uint64_t faults = tests::number_in("DAYBOOK_CUTS", kFaults);
    Tally tally;
    for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
        if (seed % kParts != GetParam())
            continue;
        World world(seed);
        for (std::uint64_t n = 0; n < faults && world.trouble().empty(); ++n)
            world.live_and_look();
        if (world.trouble().empty())
            world.live_in_peace();
        ASSERT_EQ(world.trouble(), "") << "DAYBOOK_SEEDS=1 DAYBOOK_SEED=" << seed;
        tally += world.tally();
    }
    fmt::print("{}\n", to_text(tally));
    if (seeds < 400)
        return;
    EXPECT_GT(tally.kept, 0U) << "no cut fell between the log and the head";
    EXPECT_GT(tally.dropped, 0U) << "no cut fell into a group";
    EXPECT_GT(tally.noticed, 0U) << "no flip hit anything";
}
INSTANTIATE_TEST_SUITE_P(Part, Crash, testing::Range<std::uint64_t>(0, kParts));

// The test of the test: where syncs do nothing, acknowledged groups are lost, and that is seen.
TEST(Simulation, FindsOutADiskThatOnlySaysItHasSynced) {
    constexpr std::uint64_t kLiars = 10;
    const auto trouble = [](std::uint64_t seed, bool lies) {
        World world(seed, lies);
        for (std::uint64_t n = 0; n < kFaults && world.trouble().empty(); ++n)
            world.live_and_look();
        return world.trouble();
    };
    std::uint64_t found = 0;
    for (std::uint64_t seed = 1; seed <= kLiars; ++seed) {
        EXPECT_EQ(trouble(seed, false), "") << "seed " << seed;
        found += !trouble(seed, true).empty();
    }
    EXPECT_GE(found, kLiars - 1);
}

TEST(Simulation, IsTheSameEachTimeForTheSameSeed) {
    const auto trace = [](std::uint64_t seed) {
        World world(seed);
        for (int n = 0; n < 5; ++n)
            world.live_and_look();
        return world.trace();
    };
    for (std::uint64_t seed = 1; seed <= 6; ++seed)
        EXPECT_EQ(trace(seed), trace(seed)) << "seed " << seed;
    EXPECT_NE(trace(1), trace(2));
}

} // namespace
} // namespace daybook::simulation
