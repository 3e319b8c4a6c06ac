// Calls a function at a steady pace, on a thread of its own, until it is destroyed. For work that
// nobody asks for: retries, schedules. The function only posts; it must not wait.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace daybook {

class Heartbeat {
  public:
    // The first beat comes one period from now.
    Heartbeat(std::chrono::milliseconds period, std::function<void()> beat);
    ~Heartbeat() = default; // Waits for a beat that is under way.

  private:
    void run(const std::stop_token& stop);

    const std::chrono::milliseconds period_;
    const std::function<void()> beat_;
    std::mutex mutex_;
    std::condition_variable_any stopped_;
    std::jthread thread_; // Last: it uses all of the above.
};

} // namespace daybook
