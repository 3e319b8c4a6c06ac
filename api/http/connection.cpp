#include "api/http/connection.h"

#include "api/http/inbox.h"
#include "api/http/response_head.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <spdlog/spdlog.h>

namespace daybook::api {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::use_awaitable;
using boost::system::error_code;
using boost::system::system_error;

// The deadlines for bodies and answers count for each piece of this size, so that a slow line is
// served and a stalled one is not.
constexpr std::size_t kPieceSize = 64 * 1024;
constexpr std::size_t kReadSize = 2 * 1024;
constexpr std::chrono::seconds kStreamPulse{1};
// How long, and for how much, a closing connection still listens; see close_politely().
constexpr std::chrono::seconds kLingerDeadline{2};
constexpr std::size_t kLingerSize = 1024 * 1024;

// Whether the bytes of a body are wrong, as opposed to missing.
bool is_malformed(const error_code& problem) {
    return problem.category() == http::make_error_code(http::error::bad_chunk).category()
           && problem != http::error::end_of_stream && problem != http::error::partial_message;
}

template <class Message>
void write_head(Message& message, const Response& response, bool keep_alive) {
    message.result(static_cast<unsigned>(response.status));
    message.keep_alive(keep_alive);
    for (const auto& [name, value] : response.headers)
        message.insert(name, value);
}

bool has_body(int status) { return status != 204 && status != 304; }

} // namespace

// ---- the life of a connection -----------------------------------------------------------------

Connection::Connection(asio::ip::tcp::socket socket, ServerContext& server)
    : socket_(std::move(socket)), server_(server), deadline_(socket_.get_executor()) {}

asio::awaitable<void> Connection::serve() { return to_its_end(serve_requests()); }

asio::awaitable<void> Connection::turn_away() { return to_its_end(refuse_service()); }

asio::awaitable<void> Connection::to_its_end(Awaitable<void> story) {
    try {
        co_await std::move(story);
        co_await close_politely();
    } catch (const system_error&) {
        // The client went away or was too slow to be told so; nobody is left to answer.
    } catch (const std::exception& problem) {
        spdlog::error("http: a connection was given up error={}", problem.what());
    }
    close();
}

asio::awaitable<void> Connection::serve_requests() {
    socket_.set_option(asio::ip::tcp::no_delay(true));
    socket_.non_blocking(true); // For peer_is_gone().
    for (bool stays = true; stays && !draining_;) {
        Exchange exchange;
        const std::optional<Breach> breach = co_await read(exchange);
        Response response;
        if (breach) {
            exchange.keep_alive = false;
            response = server_.refusal(*breach, exchange);
        } else {
            response = co_await answer(exchange);
        }
        co_await write(exchange, std::move(response));
        stays = exchange.keep_alive;
    }
}

asio::awaitable<void> Connection::refuse_service() {
    Exchange exchange;
    exchange.request_id = server_.next_request_id();
    Response response = server_.refusal(too_many_connections(), exchange);
    response.headers.emplace_back("Retry-After", "1");
    co_await write(exchange, std::move(response));
}

void Connection::drain() {
    asio::post(socket_.get_executor(), [self = shared_from_this()] {
        self->draining_ = true;
        error_code ignored;
        if (self->is_idle_)
            self->socket_.shutdown(asio::socket_base::shutdown_receive, ignored);
        if (self->inbox_)
            self->inbox_->ring();
    });
}

void Connection::abort() {
    asio::post(socket_.get_executor(), [self = shared_from_this()] {
        self->draining_ = true;
        self->close();
        if (self->inbox_)
            self->inbox_->ring();
    });
}

void Connection::close() {
    deadline_.clear();
    error_code ignored;
    socket_.close(ignored);
}

// A socket that is closed while bytes wait in it resets the connection, and the client may lose
// the answer that says what was wrong. So: say that nothing more comes, and listen a little.
asio::awaitable<void> Connection::close_politely() {
    error_code problem;
    socket_.shutdown(asio::socket_base::shutdown_send, problem);
    if (problem || draining_)
        co_return;
    set_deadline(kLingerDeadline, Watch::reading);
    std::array<char, 4096> sink;
    for (std::size_t size = 0; size < kLingerSize && !problem;) {
        size += co_await socket_.async_read_some(asio::buffer(sink),
                                                 asio::redirect_error(use_awaitable, problem));
    }
}

// ---- reading ----------------------------------------------------------------------------------

asio::awaitable<std::optional<Breach>> Connection::read(Exchange& exchange) {
    exchange.request_id = server_.next_request_id();
    const auto section_size = co_await read_header_section();
    if (!section_size)
        co_return section_size.error();

    const auto raw =
        split_header_section(arrived().substr(0, *section_size), server_.options.header_fields_max);
    if (!raw)
        co_return raw.error();
    if (auto breach = understand(*raw, server_.hosts, exchange))
        co_return breach;
    error_code unknown;
    const auto remote = socket_.remote_endpoint(unknown);
    if (!unknown)
        exchange.request.remote_address = remote.address().to_string();
    co_return co_await read_body(exchange, *raw, *section_size);
}

// Reads until the buffer holds a whole header section; returns its size.
asio::awaitable<std::expected<std::size_t, Breach>> Connection::read_header_section() {
    const std::size_t size_max = server_.options.header_bytes_max;
    is_idle_ = arrived().empty();
    set_deadline(is_idle_ && !is_first_ ? server_.options.idle_deadline
                                        : server_.options.header_deadline,
                 Watch::reading);
    is_first_ = false;
    for (std::size_t seen = 0;;) {
        // The end may straddle what was seen and what is new.
        const std::size_t from = seen < 3 ? 0 : seen - 3;
        const std::size_t end = arrived().find("\r\n\r\n", from);
        const bool is_whole = end != std::string_view::npos;
        if (is_whole ? end + 4 > size_max : arrived().size() >= size_max) {
            co_return std::unexpected(header_too_large(size_max));
        }
        if (is_whole)
            co_return end + 4;
        if (auto breach = breach_in_bytes(arrived(), from)) {
            co_return std::unexpected(*std::move(breach));
        }
        seen = arrived().size();

        error_code problem;
        const std::size_t size = co_await socket_.async_read_some(
            buffer_.prepare(kReadSize), asio::redirect_error(use_awaitable, problem));
        if (problem && deadline_.passed() && seen > 0)
            co_return std::unexpected(header_too_slow());
        if (problem)
            throw system_error(problem);
        buffer_.commit(size);
        if (is_idle_)
            set_deadline(server_.options.header_deadline, Watch::reading);
        is_idle_ = false;
    }
}

// Beast reads the header section a second time, which must succeed too, and then the body.
asio::awaitable<std::optional<Breach>>
Connection::read_body(Exchange& exchange, const RawRequest& raw, std::size_t section_size) {
    Request& request = exchange.request;
    const BodyLength length = body_length(raw);
    const BodyPlan plan = server_.plan_body(request.method, request.path);
    const std::uint64_t limit = plan.bytes_max;
    if (length.bytes > limit)
        co_return body_too_large(limit);

    http::request_parser<http::buffer_body> parser;
    parser.header_limit(static_cast<std::uint32_t>(server_.options.header_bytes_max));
    parser.body_limit(limit);
    error_code problem;
    buffer_.consume(parser.put(asio::buffer(buffer_.data(), section_size), problem));
    if (!problem && !parser.is_header_done())
        problem = http::error::partial_message;
    if (problem)
        co_return Breach{400, "malformed_request", problem.message()};

    if (auto breach = open_sink(plan, request))
        co_return breach;
    if (expects_continue(raw) && !parser.is_done()) {
        co_await write_piece("HTTP/1.1 100 Continue\r\n\r\n", false);
    }
    std::string piece(parser.is_done() ? 0 : kPieceSize, '\0');
    while (!parser.is_done()) {
        set_deadline(server_.options.body_deadline, Watch::reading);
        parser.get().body() = {.data = piece.data(), .size = piece.size(), .more = true};
        co_await http::async_read(socket_, buffer_, parser,
                                  asio::redirect_error(use_awaitable, problem));
        if (problem == http::error::need_buffer)
            problem = {};
        if (problem == http::error::body_limit)
            co_return body_too_large(limit);
        if (problem && deadline_.passed())
            co_return body_too_slow();
        if (is_malformed(problem))
            co_return Breach{400, "malformed_request", problem.message()};
        if (problem)
            throw system_error(problem);
        const std::string_view came(piece.data(), piece.size() - parser.get().body().size);
        if (auto breach = take_body(request, came))
            co_return breach;
    }
    deadline_.clear();
    // What a long body made it grow to is not kept while the connection idles.
    if (buffer_.size() == 0)
        buffer_.shrink_to_fit();
    co_return std::nullopt;
}

std::string_view Connection::arrived() const {
    const auto bytes = buffer_.data();
    return {static_cast<const char*>(bytes.data()), bytes.size()};
}

// ---- answering --------------------------------------------------------------------------------

asio::awaitable<Response> Connection::answer(Exchange& exchange) {
    const auto inbox = std::make_shared<Inbox>(socket_.get_executor());
    inbox_ = inbox;
    std::string failure = "there is none, or its headers are malformed";
    try {
        const auto promise = std::make_shared<Promise>(InboxAddress(server_.io, inbox));
        server_.handle(std::move(exchange.request),
                       [promise](Response response) { promise->keep(std::move(response)); });
    } catch (const std::exception& problem) {
        failure = problem.what(); // Unless it has answered before: the promise is broken now.
    }
    while (!inbox->response && !inbox->is_broken && socket_.is_open()) {
        co_await inbox->wait(std::chrono::hours(1));
    }
    if (inbox->response && is_sendable(*inbox->response)) {
        co_return *std::exchange(inbox->response, std::nullopt);
    }
    if (socket_.is_open()) {
        spdlog::error("http: no answer that can be sent request_id={} error={}",
                      exchange.request_id, failure);
    }
    co_return server_.refusal(internal_error(), exchange);
}

asio::awaitable<void> Connection::write(Exchange& exchange, Response response) {
    const bool ends_with_connection = response.stream && !response.stream_size;
    if (draining_ || (ends_with_connection && exchange.is_http_1_0))
        exchange.keep_alive = false;
    complete_headers(response, exchange.request_id);
    if (response.stream) {
        co_await write_stream(exchange, response);
    } else {
        co_await write_whole(exchange, response);
    }
    inbox_.reset();
    deadline_.clear();
}

asio::awaitable<void> Connection::write_whole(const Exchange& exchange, Response& response) {
    http::response<http::string_body> message;
    write_head(message, response, exchange.keep_alive);
    if (has_body(response.status)) {
        message.content_length(response.body.size());
        if (!exchange.is_head)
            message.body() = std::move(response.body);
    }
    http::response_serializer<http::string_body> serializer(message);
    serializer.limit(kPieceSize);
    while (!serializer.is_done()) {
        set_deadline(server_.options.write_deadline, Watch::writing);
        co_await http::async_write_some(socket_, serializer, use_awaitable);
    }
}

asio::awaitable<void> Connection::write_stream(const Exchange& exchange, Response& response) {
    http::response<http::empty_body> message;
    write_head(message, response, exchange.keep_alive);
    const bool chunked = !response.stream_size && !exchange.is_http_1_0;
    message.chunked(chunked);
    if (response.stream_size)
        message.content_length(*response.stream_size);
    http::response_serializer<http::empty_body> serializer(message);
    set_deadline(server_.options.write_deadline, Watch::writing);
    co_await http::async_write_header(socket_, serializer, use_awaitable);
    if (exchange.is_head)
        co_return;

    if (!inbox_)
        inbox_ = std::make_shared<Inbox>(socket_.get_executor());
    const auto inbox = inbox_;
    response.stream->on_ready(
        [address = InboxAddress(server_.io, inbox)] { address.send([](Inbox&) {}); });
    std::string out;
    StreamMeter meter(response.stream_size);
    while (true) {
        out.clear();
        const BodyStream::State state = response.stream->next(out);
        meter.count(out.size(), state);
        for (std::string_view rest = out; !rest.empty();) {
            co_await write_piece(rest.substr(0, kPieceSize), chunked);
            rest.remove_prefix(std::min(kPieceSize, rest.size()));
        }
        deadline_.clear();
        if (state == BodyStream::State::end)
            break;
        // Only what waits is ended early: a download cut short must not look complete.
        if (state == BodyStream::State::wait && draining_)
            break;
        if (state == BodyStream::State::wait)
            co_await inbox->wait(kStreamPulse);
        if (state == BodyStream::State::more) {
            co_await asio::post(socket_.get_executor(), use_awaitable); // Others have a turn.
        }
        if (peer_is_gone())
            throw system_error(asio::error::eof);
    }
    if (chunked)
        co_await write_piece("0\r\n\r\n", false);
}

asio::awaitable<void> Connection::write_piece(std::string_view piece, bool chunked) {
    set_deadline(server_.options.write_deadline, Watch::writing);
    const auto bytes = asio::buffer(piece.data(), piece.size());
    if (chunked) {
        co_await asio::async_write(socket_, http::make_chunk(bytes), use_awaitable);
    } else {
        co_await asio::async_write(socket_, bytes, use_awaitable);
    }
}

// A stream that waits neither reads nor writes, so it has to look.
bool Connection::peer_is_gone() {
    char byte = 0;
    error_code problem;
    socket_.receive(asio::buffer(&byte, 1), asio::socket_base::message_peek, problem);
    return problem && problem != asio::error::would_block;
}

// ---- deadlines --------------------------------------------------------------------------------

// A deadline that passes does not cancel what waits, it takes the socket's direction away: that
// also reaches a read or write which begins a moment later. Reading stops with end of file, and a
// refusal can still be written; when writing stops nothing can be said any more.
void Connection::set_deadline(std::chrono::steady_clock::duration longest, Watch watch) {
    deadline_.set(longest, weak_from_this(), [this, watch] {
        error_code ignored;
        if (watch == Watch::reading) {
            socket_.shutdown(asio::socket_base::shutdown_receive, ignored);
        } else {
            socket_.close(ignored);
        }
    });
}

} // namespace daybook::api
