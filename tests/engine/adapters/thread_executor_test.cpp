#include "engine/adapters/thread_executor.h"

#include <atomic>
#include <gtest/gtest.h>
#include <numeric>
#include <thread>
#include <vector>

namespace daybook {
namespace {

TEST(ThreadExecutor, RunsStepsInOrderAndAllOfThemBeforeItGoes) {
    std::vector<int> ran;
    {
        ThreadExecutor executor;
        for (int i = 0; i < 1'000; ++i)
            executor.post([&ran, i] { ran.push_back(i); });
    }
    std::vector<int> all(1'000);
    std::iota(all.begin(), all.end(), 0);
    EXPECT_EQ(ran, all);
}

TEST(ThreadExecutor, RunsStepsThatStepsPostEvenWhileItGoes) {
    int depth = 0;
    std::function<void()> step;
    {
        ThreadExecutor executor;
        step = [&] {
            if (++depth < 100)
                executor.post(step);
        };
        executor.post(step);
    }
    EXPECT_EQ(depth, 100);
}

TEST(ThreadExecutor, RunsOneStepAtATimeOnAThreadOfItsOwn) {
    std::atomic<int> running = 0;
    std::atomic<bool> overlapped = false;
    std::vector<std::thread::id> ran_on;
    {
        ThreadExecutor executor;
        const auto post_many = [&] {
            for (int i = 0; i < 200; ++i)
                executor.post([&] {
                    if (++running != 1)
                        overlapped = true;
                    ran_on.push_back(std::this_thread::get_id());
                    --running;
                });
        };
        std::jthread other(post_many);
        post_many();
    }
    EXPECT_FALSE(overlapped);
    ASSERT_EQ(ran_on.size(), 400u);
    for (const std::thread::id id : ran_on) {
        EXPECT_EQ(id, ran_on.front());
        EXPECT_NE(id, std::this_thread::get_id());
    }
}

} // namespace
} // namespace daybook
