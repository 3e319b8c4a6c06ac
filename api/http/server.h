// The socket side of the API. Asio and Boost.Beast stay behind this header, in server.cpp and
// connection.cpp.
//
// Refuses what RFC 9112 or prudence says to refuse before anything behind it sees the request
// (README.md lists the 17 forms), keeps limits and deadlines, and turns the rest into Request.
#pragma once

#include "api/http/message.h"
#include "events/base/result.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace daybook::api {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080; // 0 = any free one; see HttpServer::port().
    int threads = 2;
    std::size_t connections_max = 2'000;
    std::size_t header_bytes_max = 16 * 1024;
    std::size_t header_fields_max = 100;
    std::chrono::seconds header_deadline{10}; // For a first byte, and again from it.
    std::chrono::seconds body_deadline{60};   // For each 64 KiB of a body.
    std::chrono::seconds write_deadline{30};  // For each 64 KiB, at most, of an answer.
    std::chrono::seconds idle_deadline{60};   // Between two requests.
    // Names a Host header may carry besides the listening address and localhost.
    std::vector<std::string> allowed_hosts;
};

// What the server asks before it reads a body that this method and path carry.
using PlanBody = std::function<BodyPlan(const std::string& method, const std::string& path)>;
// Answers one request; may call respond later and from another thread. HEAD arrives as GET. When it
// throws, or lets go of respond without calling it, the client gets 500.
using Handle = std::function<void(Request, Respond)>;
// Why a request never got as far as a handler (400, 408, 413, 431 …), and what is known of it by
// then: a path only once the header section was understood.
struct Unserved {
    int status = 400;
    std::string_view code;
    std::string_view detail;
    std::string_view accept_language;
    std::string_view path;
    std::string_view request_id;
};
using Refuse = std::function<Response(const Unserved&)>;

class HttpServer {
  public:
    // Listens at once; serves when run() is called. ErrorKind::io when the address is taken.
    static Result<std::unique_ptr<HttpServer>> listen(ServerOptions options, PlanBody plan_body,
                                                      Handle handle, Refuse refuse);
    virtual ~HttpServer() = default;

    virtual std::uint16_t port() const = 0;
    virtual void run() = 0; // Returns after stop().
    // Any thread, also a signal-watching one: no new connections; answers under way are finished,
    // streams are ended when they wait, all for at most `grace`. What is not finished then is cut.
    virtual void stop(std::chrono::seconds grace) = 0;
};

} // namespace daybook::api
