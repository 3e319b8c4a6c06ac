#include "engine/adapters/random_ids.h"

#include "engine/adapters/system_clock.h"
#include "tests/support/fixed_clock.h"

#include <gtest/gtest.h>
#include <set>

namespace daybook {
namespace {

using tests::FixedClock;

std::uint64_t milliseconds_of(const Uuid& id) {
    std::uint64_t milliseconds = 0;
    for (std::size_t byte = 0; byte < 6; ++byte)
        milliseconds = milliseconds << 8 | id.bytes[byte];
    return milliseconds;
}

TEST(RandomIds, FollowRfc9562) {
    // The instant of the RFC's own example (appendix A.6), and half a millisecond.
    FixedClock clock({0x017F22E279B0 * 1000 + 500});
    RandomIds ids(clock);
    const std::string text = to_text(ids.next_id());
    EXPECT_EQ(text.substr(0, 18), "017f22e2-79b0-7800");
    EXPECT_TRUE(std::string("89ab").find(text[19]) != std::string::npos) << text;
}

TEST(RandomIds, RiseWhileTheClockStandsAndWhenItGoesBack) {
    FixedClock clock;
    RandomIds ids(clock);
    Uuid last = ids.next_id();
    for (int i = 0; i < 20'000; ++i) {
        if (i == 9'000)
            clock.set({1});
        if (i == 15'000)
            clock.set({-5});
        const Uuid next = ids.next_id();
        ASSERT_LT(last, next) << i;
        last = next;
    }
}

TEST(RandomIds, FollowTheClockForward) {
    FixedClock clock;
    RandomIds ids(clock);
    ids.next_id();
    clock.advance(std::chrono::hours(1));
    EXPECT_EQ(milliseconds_of(ids.next_id()),
              static_cast<std::uint64_t>(clock.now().micros / 1000));
}

TEST(RandomIds, DifferBetweenTwoSourcesAtTheSameInstant) {
    FixedClock clock;
    std::set<Uuid> seen;
    for (int i = 0; i < 1'000; ++i)
        EXPECT_TRUE(seen.insert(RandomIds(clock).next_id()).second);
}

TEST(RandomIds, SaltsDoNotRepeat) {
    FixedClock clock;
    RandomIds ids(clock);
    std::set<std::array<std::uint8_t, 16>> seen;
    for (int i = 0; i < 1'000; ++i)
        EXPECT_TRUE(seen.insert(ids.next_salt()).second);
}

TEST(SystemClock, LiesInThisCenturyAndItsOtherClockNeverGoesBack) {
    SystemClock clock;
    EXPECT_GT(clock.now().micros, 1'700'000'000'000'000);
    EXPECT_LT(clock.now().micros, 4'100'000'000'000'000);
    auto last = clock.monotonic();
    for (int i = 0; i < 1'000; ++i) {
        const auto next = clock.monotonic();
        ASSERT_LE(last, next);
        last = next;
    }
}

} // namespace
} // namespace daybook
