// A value that several threads use: reached only inside with(), under its lock.
#pragma once

#include <mutex>
#include <utility>

namespace daybook {

template <class T>
class Guarded {
  public:
    Guarded() = default;
    explicit Guarded(T value) : value_(std::move(value)) {}

    template <class Use>
    auto with(Use&& use) {
        const std::lock_guard lock(mutex_);
        return std::forward<Use>(use)(value_);
    }

  private:
    std::mutex mutex_;
    T value_{};
};

} // namespace daybook
