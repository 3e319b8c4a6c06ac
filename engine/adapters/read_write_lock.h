// The lock of an object that many threads may read while one writes:
//     const auto lock = lock_.for_reading();
// Held until the end of the scope. Not to be taken twice by one thread.
#pragma once

#include <mutex>
#include <shared_mutex>

namespace daybook {

class ReadWriteLock {
  public:
    [[nodiscard]] std::shared_lock<std::shared_mutex> for_reading() const {
        return std::shared_lock(mutex_);
    }
    [[nodiscard]] std::unique_lock<std::shared_mutex> for_writing() const {
        return std::unique_lock(mutex_);
    }

  private:
    mutable std::shared_mutex mutex_;
};

} // namespace daybook
