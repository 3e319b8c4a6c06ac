// A request and its answer as plain values. The socket side (api/http/server.h) makes and sends
// them; everything behind the router is ordinary functions from one to the other.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace daybook::api {

using Header = std::pair<std::string, std::string>;

struct Request {
    std::string method; // "GET"
    std::string path;   // Percent-decoded, valid UTF-8, without query: "/api/v1/companies"
    std::vector<std::string> segments; // The same, split at "/"; decoded after splitting.
    std::vector<Header> query;         // Decoded, in order, duplicates kept.
    std::vector<Header> headers;       // Names in lowercase, values trimmed.
    std::string body;                  // Whole; limits are the route's.
    std::string remote_address;
    std::string request_id; // Given by X-Request-Id if sane, else made.

    // First header of that lowercase name; empty when absent.
    std::string_view header(std::string_view name) const;
    std::optional<std::string_view> parameter(std::string_view name) const;
};

// A body that is made while it is sent (events that follow live, long exports). Pulled by the
// server, one piece at a time, from its own threads; never from two at once.
class BodyStream {
  public:
    virtual ~BodyStream() = default;
    enum class State { more, wait, end };
    // Appends to `out` and says what comes next. `wait`: nothing now; the server calls again after
    // the function given to on_ready() has been called, or after a second, whichever is first. A
    // stream that waits may be ended there when the server stops: what must arrive whole, such as
    // an export, says `more` until its `end`. Throwing cuts the connection, so that the client sees
    // that something is missing.
    virtual State next(std::string& out) = 0;
    // Called once, before the first next(). `wake` may be called from any thread, at any time.
    virtual void on_ready(std::function<void()> wake) { static_cast<void>(wake); }
};

struct Response {
    int status = 200;
    std::vector<Header> headers;
    std::string body;
    std::unique_ptr<BodyStream> stream; // When set, sent chunked instead of `body`.
};

// Exactly one call; from any thread.
using Respond = std::function<void(Response)>;

} // namespace daybook::api
