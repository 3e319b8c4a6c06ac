// One client's connection: reads a request, has it answered, writes the answer, and again.
//
// Everything here happens on the connection's own strand, one coroutine after the other, so there
// is no lock. Included by server.cpp and connection.cpp only: Asio's headers are heavy.
#pragma once

#include "api/http/deadline.h"
#include "api/http/exchange.h"
#include "api/http/server_context.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string_view>

namespace daybook::api {

class Inbox;

class Connection : public std::enable_shared_from_this<Connection> {
  public:
    Connection(boost::asio::ip::tcp::socket socket, ServerContext& server);

    // Serves until either side has enough. Never throws.
    boost::asio::awaitable<void> serve();
    // Answers 503 without reading anything.
    boost::asio::awaitable<void> turn_away();

    // From any thread. drain(): answers what is under way, then closes. abort(): closes now.
    void drain();
    void abort();

  private:
    template <class T>
    using Awaitable = boost::asio::awaitable<T>;
    enum class Watch { reading, writing };

    Awaitable<void> to_its_end(Awaitable<void> story);
    Awaitable<void> serve_requests();
    Awaitable<void> refuse_service();
    Awaitable<std::optional<Breach>> read(Exchange& exchange);
    Awaitable<std::expected<std::size_t, Breach>> read_header_section();
    Awaitable<std::optional<Breach>> read_body(Exchange& exchange, const RawRequest& raw,
                                               std::size_t section_size);
    Awaitable<Response> answer(Exchange& exchange);
    Awaitable<void> write(Exchange& exchange, Response response);
    Awaitable<void> write_whole(const Exchange& exchange, Response& response);
    Awaitable<void> write_stream(const Exchange& exchange, Response& response);
    Awaitable<void> write_piece(std::string_view piece, bool chunked);
    Awaitable<void> close_politely();

    std::string_view arrived() const;
    bool peer_is_gone();
    void set_deadline(std::chrono::steady_clock::duration longest, Watch watch);
    void close();

    boost::asio::ip::tcp::socket socket_;
    ServerContext& server_;
    boost::beast::flat_buffer buffer_; // Bytes that arrived and are not yet understood.
    Deadline deadline_;
    bool draining_ = false;
    bool is_idle_ = false;         // Waiting for the first byte of a request.
    bool is_first_ = true;         // A new connection has less time to begin than a proven one.
    std::shared_ptr<Inbox> inbox_; // Of the exchange under way.
};

} // namespace daybook::api
