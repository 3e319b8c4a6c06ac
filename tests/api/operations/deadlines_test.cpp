#include "api/operations/deadlines.h"

#include <gtest/gtest.h>
#include <vector>

namespace daybook::api {
namespace {

using namespace std::chrono_literals;

TEST(Deadlines, CallEachThatIsDueOnceAndTheEarliestFirst) {
    Deadlines deadlines;
    std::vector<int> late;
    deadlines.add(5s, [&] { late.push_back(5); });
    deadlines.add(2s, [&] { late.push_back(2); });
    deadlines.add(9s, [&] { late.push_back(9); });
    deadlines.expire(1s);
    EXPECT_TRUE(late.empty());
    deadlines.expire(5s);
    EXPECT_EQ(late, (std::vector{2, 5}));
    deadlines.expire(6s);
    EXPECT_EQ(late.size(), 2U);
    deadlines.expire(100s);
    EXPECT_EQ(late, (std::vector{2, 5, 9}));
}

TEST(Deadlines, LetWhoIsLateWaitAnew) {
    Deadlines deadlines;
    int calls = 0;
    deadlines.add(1s, [&] {
        ++calls;
        deadlines.add(2s, [&] { ++calls; });
    });
    deadlines.expire(3s);
    EXPECT_EQ(calls, 1);
    deadlines.expire(3s);
    EXPECT_EQ(calls, 2);
}

} // namespace
} // namespace daybook::api
