#include "engine/adapters/thread_executor.h"

#include <sys/resource.h>

namespace daybook {

ThreadExecutor::ThreadExecutor(Priority priority)
    : thread_([this, priority](const std::stop_token& stop) {
          // Of this thread alone, as Linux has it; the disk's scheduler follows. Refused is no
          // harm.
          if (priority == Priority::low)
              static_cast<void>(::setpriority(PRIO_PROCESS, 0, 19));
          run(stop);
      }) {}

ThreadExecutor::~ThreadExecutor() {
    thread_.request_stop();
    thread_.join();
}

void ThreadExecutor::post(std::function<void()> step) {
    {
        const std::scoped_lock lock(mutex_);
        steps_.push_back(std::move(step));
    }
    something_posted_.notify_one();
}

void ThreadExecutor::run(const std::stop_token& stop) {
    while (true) {
        std::function<void()> step;
        {
            std::unique_lock lock(mutex_);
            // Also wakes for the stop request; then it goes on until nothing is left.
            if (!something_posted_.wait(lock, stop, [this] { return !steps_.empty(); }))
                return;
            step = std::move(steps_.front());
            steps_.pop_front();
        }
        step();
    }
}

} // namespace daybook
