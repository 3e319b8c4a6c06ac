#include "engine/log/common_prefix.h"

#include "tests/engine/log/log_under_test.h"

#include <gtest/gtest.h>

namespace daybook::log {
namespace {

TEST(CommonPrefix, EndsWhereTwoLinesBeginToDiffer) {
    const std::vector<std::string> story = {"a", "b", "c", "d", "e"};
    struct Case {
        std::vector<std::string> other;
        Revision common;
    };
    const std::vector<Case> cases = {
        {{"a", "b", "c", "d", "e"}, 5}, // The same.
        {{"a", "b", "c"}, 3},           // One is the beginning of the other.
        {{"a", "b", "c", "d", "e", "f"}, 5},
        {{"a", "b", "x", "d", "e"}, 2}, // What is equal again after a difference does not count.
        {{"x", "b", "c", "d", "e"}, 0},
        {{}, 0},
    };
    for (const Case& each : cases) {
        MemoryEventLog log;
        append(log, {commit(1, 0, story)});
        if (!each.other.empty())
            append(log, {commit(2, 0, each.other)});
        EXPECT_EQ(ok(common_prefix(log, 1, 2, 100)), each.common);
        EXPECT_EQ(ok(common_prefix(log, 2, 1, 100)), each.common);
        EXPECT_EQ(ok(common_prefix(log, 1, 2, 1)), std::min<Revision>(each.common, 1));
    }
}

TEST(CommonPrefix, OfALineWithItselfIsAllOfIt) {
    MemoryEventLog log;
    append(log, {commit(1, 0, {"a", "b", "c"})});
    EXPECT_EQ(ok(common_prefix(log, 1, 1, 100)), 3u);
    EXPECT_EQ(ok(common_prefix(log, 1, 1, 2)), 2u);
}

} // namespace
} // namespace daybook::log
