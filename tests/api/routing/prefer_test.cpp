#include "api/routing/prefer.h"

#include <gtest/gtest.h>

namespace daybook::api {
namespace {

TEST(Prefer, SaysHowLongToWait) {
    const std::pair<const char*, int> cases[] = {
        {"", 0},
        {"wait=5", 5},
        {"respond-async, wait=10", 10},
        {"wait=10; foo=1, respond-async", 10},
        {" wait=7 ", 7},
        {"wait=7, wait=9", 7},
        {"wait=0", 0},
        {"wait=61", 60},
        {"wait=99999999999999999999", 0},
        {"wait", 0},
        {"wait=", 0},
        {"wait=-1", 0},
        {"wait=1.5", 0},
        {"waiting=5", 0},
        {"respond-async", 0},
        {",,", 0},
    };
    for (const auto& [header, seconds] : cases)
        EXPECT_EQ(preferred_wait(header).count(), seconds) << header;
}

} // namespace
} // namespace daybook::api
