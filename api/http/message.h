// A request and its answer as plain values. The socket side (api/http/server.h) makes and sends
// them; everything behind the router is ordinary functions from one to the other.
#pragma once

#include "events/base/result.h"

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

// As names of headers and hosts are compared: in ASCII alone.
bool equals_ignoring_case(std::string_view left, std::string_view right);

// Takes a body piece by piece while it arrives, so that a large one is never in memory. Used by one
// thread at a time. One that goes without having been asked for anything more forgets what it took.
class BodySink {
  public:
    virtual ~BodySink() = default;
    virtual Result<void> take(std::string_view piece) = 0;
    // SHA-256 of what it took: where a body is compared with another, this is.
    virtual std::string digest() const = 0;
};

// How many bytes a body may have, and who takes them; nobody: they are kept in memory.
struct BodyPlan {
    std::uint64_t bytes_max = 0;
    std::function<Result<std::shared_ptr<BodySink>>()> open_sink;
};

struct Request {
    std::string method; // "GET"
    std::string path;   // Percent-decoded, valid UTF-8, without query: "/api/v1/companies"
    std::vector<std::string> segments; // The same, split at "/"; decoded after splitting.
    std::vector<Header> query;         // Decoded, in order, duplicates kept.
    std::vector<Header> headers;       // Names in lowercase, values trimmed.
    std::string body;                  // Whole; limits are the route's.
    std::shared_ptr<BodySink> sink;    // Has the body instead, where the route wants it so.
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
    // NOLINTNEXTLINE(performance-unnecessary-value-param): those who wait keep it.
    virtual void on_ready(std::function<void()> /*wake*/) {}
};

struct Response {
    int status = 200;
    std::vector<Header> headers;
    std::string body;
    std::unique_ptr<BodyStream> stream; // When set, sent instead of `body`: chunked, or
    // of exactly this many bytes where they are known; another number cuts the connection.
    std::optional<std::uint64_t> stream_size;
};

// Exactly one call; from any thread.
using Respond = std::function<void(Response)>;

} // namespace daybook::api
