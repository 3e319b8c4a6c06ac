#include "engine/adapters/heartbeat.h"

#include <gtest/gtest.h>
#include <semaphore>

namespace daybook::tests {
namespace {

TEST(Heartbeat, BeatsAgainAndAgain) {
    std::counting_semaphore<> beats(0);
    const Heartbeat heartbeat(std::chrono::milliseconds(1), [&] { beats.release(); });
    for (int i = 0; i < 3; ++i)
        beats.acquire(); // Forever, should it stop after the first.
}

TEST(Heartbeat, EndsAtOnceHoweverLongItsPeriod) {
    bool beaten = false;
    {
        const Heartbeat heartbeat(std::chrono::hours(24), [&] { beaten = true; });
    }
    EXPECT_FALSE(beaten);
}

} // namespace
} // namespace daybook::tests
