// A value that one thread waits for and another gives, once.
#pragma once

#include <future>
#include <memory>
#include <utility>

namespace daybook {

template <class T>
class Awaited {
  public:
    // May be called on a copy; both name the same value.
    void give(T value) const { promise_->set_value(std::move(value)); }
    // Blocks until it is given.
    T take() const { return promise_->get_future().get(); }

  private:
    std::shared_ptr<std::promise<T>> promise_ = std::make_shared<std::promise<T>>();
};

} // namespace daybook
