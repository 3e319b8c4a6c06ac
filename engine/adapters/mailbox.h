// Where threads leave things for one other thread: put one in, take all out, in order.
#pragma once

#include <mutex>
#include <utility>
#include <vector>

namespace daybook {

template <class T>
class Mailbox {
  public:
    void put(T item) {
        const std::lock_guard lock(mutex_);
        items_.push_back(std::move(item));
    }
    std::vector<T> take_all() {
        const std::lock_guard lock(mutex_);
        return std::exchange(items_, {});
    }

  private:
    std::mutex mutex_;
    std::vector<T> items_;
};

} // namespace daybook
