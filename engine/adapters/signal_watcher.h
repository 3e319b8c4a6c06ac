// Signals that ask a process to stop, as a call on a thread of its own.
//
// Make it before any other thread, so that all inherit the blocked signals; a handler in the usual
// sense, which may call almost nothing, is never installed.
#pragma once

#include <functional>
#include <thread>

namespace daybook {

class SignalWatcher {
  public:
    SignalWatcher();  // Blocks SIGTERM and SIGINT from here on.
    ~SignalWatcher(); // Stops watching.
    // Calls back once, on the watching thread, when one of them arrives.
    void start(std::function<void()> asked_to_stop);

  private:
    std::thread watcher_;
};

} // namespace daybook
