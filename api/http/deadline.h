// The deadline of what a connection does just now; each new one replaces the last. On the
// connection's strand, like everything of it. Included by connection.h only.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>

namespace daybook::api {

class Deadline {
  public:
    template <class Executor>
    explicit Deadline(const Executor& executor) : timer_(executor) {}

    // `act` is called when the time is over, while `owner` lives, unless another deadline was set
    // or this one cleared.
    template <class Act>
    void set(std::chrono::steady_clock::duration longest, std::weak_ptr<void> owner, Act act) {
        passed_ = false;
        timer_.expires_after(longest);
        timer_.async_wait([this, owner = std::move(owner), number = ++number_,
                           act](const boost::system::error_code& cancelled) {
            const auto alive = owner.lock();
            if (cancelled || !alive || number_ != number)
                return;
            passed_ = true;
            act();
        });
    }
    void clear() {
        ++number_;
        timer_.cancel();
    }
    bool passed() const { return passed_; }

  private:
    boost::asio::steady_timer timer_;
    std::uint64_t number_ = 0; // Tells a deadline that was replaced from the present one.
    bool passed_ = false;
};

} // namespace daybook::api
