// A callback that one thread sets and another calls; calling an empty box does nothing.
#pragma once

#include <functional>
#include <mutex>
#include <utility>

namespace daybook {

class CallbackBox {
  public:
    void set(std::function<void()> callback) {
        const std::lock_guard lock(mutex_);
        callback_ = std::move(callback);
    }
    // Runs the callback under the box's lock: it must be quick and must not come back here.
    void call() {
        const std::lock_guard lock(mutex_);
        if (callback_)
            callback_();
    }

  private:
    std::mutex mutex_;
    std::function<void()> callback_;
};

} // namespace daybook
