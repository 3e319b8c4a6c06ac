// Steps on a thread of their own, one at a time, in the order in which they were posted.
//
// Destruction finishes what was posted, steps that those steps post included, and joins the thread.
// Whoever owns state that steps touch must therefore outlive the executor.
#pragma once

#include "engine/ports.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace daybook {

class ThreadExecutor final : public Executor {
  public:
    enum class Priority {
        normal,
        low
    }; // low: gives way to others, for the processor and the disk.
    explicit ThreadExecutor(Priority priority = Priority::normal);
    ~ThreadExecutor() override;
    void post(std::function<void()> step) override; // From any thread, from a step too.

  private:
    void run(const std::stop_token& stop);

    std::mutex mutex_;
    std::condition_variable_any something_posted_;
    std::deque<std::function<void()>> steps_;
    std::jthread thread_; // Last: it uses all of the above.
};

} // namespace daybook
