// Where other threads reach a connection: an answer that is ready later, a stream with news.
//
// A connection lives on a strand; nobody else touches it. What others hold are weak references, so
// that an answer which comes after the connection, or even the server, has gone is simply dropped.
// Included by connection.cpp only.
#pragma once

#include "api/http/message.h"

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

namespace daybook::api {

// On the strand of its connection, except for the executor, which never changes.
class Inbox {
  public:
    explicit Inbox(const boost::asio::any_io_executor& strand) : bell_(strand) {}

    std::optional<Response> response;
    bool is_broken = false; // The handler let go of its Respond without calling it.

    void ring() {
        rung_ = true;
        bell_.cancel();
    }
    // Returns when rung, also when that was before the call, or after `longest`.
    boost::asio::awaitable<void> wait(std::chrono::steady_clock::duration longest) {
        if (!rung_) {
            bell_.expires_after(longest);
            boost::system::error_code cancelled;
            co_await bell_.async_wait(
                boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
        }
        rung_ = false;
    }
    boost::asio::any_io_executor strand() { return bell_.get_executor(); }

  private:
    boost::asio::steady_timer bell_;
    bool rung_ = false;
};

// Reaches an inbox from any thread, for as long as it and its server exist.
class InboxAddress {
  public:
    InboxAddress(const std::shared_ptr<boost::asio::io_context>& context,
                 const std::shared_ptr<Inbox>& inbox)
        : context_(context), inbox_(inbox) {}

    // Has `change` run on the strand, then rings.
    template <class Change>
    void send(Change change) const {
        const auto context = context_.lock(); // Outlives the inbox below.
        if (!context)
            return;
        if (const auto inbox = inbox_.lock()) {
            boost::asio::post(inbox->strand(), [inbox, change = std::move(change)]() mutable {
                change(*inbox);
                inbox->ring();
            });
        }
    }

  private:
    std::weak_ptr<boost::asio::io_context> context_;
    std::weak_ptr<Inbox> inbox_;
};

// The one answer that is owed. Forgetting it is answered too, for no client may wait for ever.
class Promise {
  public:
    explicit Promise(InboxAddress address) : address_(std::move(address)) {}
    Promise(const Promise&) = delete;
    Promise& operator=(const Promise&) = delete;
    ~Promise() {
        if (!kept_)
            address_.send([](Inbox& inbox) { inbox.is_broken = true; });
    }

    // The first call counts.
    void keep(Response response) {
        if (kept_.exchange(true))
            return;
        address_.send([response = std::move(response)](Inbox& inbox) mutable {
            inbox.response = std::move(response);
        });
    }

  private:
    InboxAddress address_;
    std::atomic<bool> kept_ = false;
};

} // namespace daybook::api
