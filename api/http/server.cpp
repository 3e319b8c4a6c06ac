#include "api/http/server.h"

#include "api/http/connection.h"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <random>
#include <set>
#include <spdlog/spdlog.h>
#include <thread>
#include <utility>
#include <vector>

namespace daybook::api {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// Connections above the limit that are told so; beyond, they are closed without a word.
constexpr std::size_t kTurnedAwayMax = 100;
// After a failed accept, most likely for want of file descriptors: time for some to be freed.
constexpr std::chrono::milliseconds kAcceptPause{100};

std::vector<std::string> answered_hosts(const ServerOptions& options,
                                        const asio::ip::address& address) {
    std::vector<std::string> hosts = options.allowed_hosts;
    hosts.insert(hosts.end(), {"localhost", "127.0.0.1", "[::1]"});
    hosts.push_back(address.is_v6() ? '[' + address.to_string() + ']' : address.to_string());
    return hosts;
}

// Sixteen hexadecimal digits that no earlier start of a server used, so that a request id names
// one request for good. Not a secret.
std::string new_request_id_prefix() {
    std::random_device random;
    return fmt::format("{:08x}{:08x}", random(), random());
}

class BeastServer final : public HttpServer {
  public:
    explicit BeastServer(std::unique_ptr<ServerContext> context)
        : io_(context->io),
          context_(std::move(context)),
          control_(asio::make_strand(*io_)),
          acceptor_(control_),
          pause_(control_),
          grace_(control_) {}

    error_code open(const tcp::endpoint& endpoint);
    std::uint16_t port() const override { return port_; }
    void run() override;
    void stop(std::chrono::seconds grace) override;

  private:
    asio::awaitable<void> accept_connections();
    void admit(tcp::socket socket);
    void forget(const std::shared_ptr<Connection>& connection);
    void begin_stop(std::chrono::seconds grace);

    std::shared_ptr<asio::io_context> io_; // First, so that it goes last.
    std::unique_ptr<ServerContext> context_;
    std::uint16_t port_ = 0;
    // What follows is touched on this strand only.
    asio::strand<asio::io_context::executor_type> control_;
    tcp::acceptor acceptor_;
    asio::steady_timer pause_;
    asio::steady_timer grace_;
    std::set<std::shared_ptr<Connection>> connections_;
    bool stopping_ = false;
};

error_code BeastServer::open(const tcp::endpoint& endpoint) {
    error_code problem;
    acceptor_.open(endpoint.protocol(), problem);
    if (!problem)
        acceptor_.set_option(asio::socket_base::reuse_address(true), problem);
    if (!problem)
        acceptor_.bind(endpoint, problem);
    if (!problem)
        acceptor_.listen(asio::socket_base::max_listen_connections, problem);
    if (!problem)
        port_ = acceptor_.local_endpoint(problem).port();
    return problem;
}

void BeastServer::run() {
    asio::co_spawn(control_, accept_connections(), asio::detached);
    std::vector<std::jthread> threads;
    for (int thread = 1; thread < context_->options.threads; ++thread) {
        threads.emplace_back([this] { io_->run(); });
    }
    io_->run(); // Until no connection is left after stop().
}

asio::awaitable<void> BeastServer::accept_connections() {
    while (!stopping_) {
        tcp::socket socket(asio::make_strand(*io_));
        error_code problem;
        co_await acceptor_.async_accept(socket, asio::redirect_error(asio::use_awaitable, problem));
        if (stopping_)
            break;
        if (!problem) {
            admit(std::move(socket));
            continue;
        }
        spdlog::warn("http: cannot accept a connection error={}", problem.message());
        pause_.expires_after(kAcceptPause);
        co_await pause_.async_wait(asio::redirect_error(asio::use_awaitable, problem));
    }
}

void BeastServer::admit(tcp::socket socket) {
    const std::size_t connections_max = context_->options.connections_max;
    if (connections_.size() >= connections_max + kTurnedAwayMax)
        return;
    const bool is_welcome = connections_.size() < connections_max;
    const auto strand = socket.get_executor();
    const auto connection = std::make_shared<Connection>(std::move(socket), *context_);
    connections_.insert(connection);
    asio::co_spawn(
        strand,
        [connection, is_welcome] {
            return is_welcome ? connection->serve() : connection->turn_away();
        },
        asio::bind_executor(control_,
                            [this, connection](const std::exception_ptr&) { forget(connection); }));
}

void BeastServer::forget(const std::shared_ptr<Connection>& connection) {
    connections_.erase(connection);
    if (stopping_ && connections_.empty())
        grace_.cancel();
}

void BeastServer::stop(std::chrono::seconds grace) {
    asio::post(control_, [this, grace] { begin_stop(grace); });
}

void BeastServer::begin_stop(std::chrono::seconds grace) {
    stopping_ = true;
    error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
    for (const auto& connection : connections_)
        connection->drain();
    if (connections_.empty())
        return;
    grace_.expires_after(grace);
    grace_.async_wait([this](const error_code& cancelled) {
        if (cancelled)
            return;
        for (const auto& connection : connections_)
            connection->abort();
    });
}

} // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::listen(ServerOptions options, PlanBody plan_body,
                                                       Handle handle, Refuse refuse) {
    error_code problem;
    const asio::ip::address address = asio::ip::make_address(options.address, problem);
    if (problem) {
        return fail(ErrorKind::invalid,
                    fmt::format("\"{}\" is not an address to listen at", options.address));
    }
    auto context = std::make_unique<ServerContext>();
    context->io = std::make_shared<asio::io_context>(options.threads);
    context->hosts = answered_hosts(options, address);
    context->request_id_prefix = new_request_id_prefix();
    context->plan_body = std::move(plan_body);
    context->handle = std::move(handle);
    context->refuse = std::move(refuse);
    const tcp::endpoint endpoint(address, options.port);
    context->options = std::move(options);

    auto server = std::make_unique<BeastServer>(std::move(context));
    problem = server->open(endpoint);
    if (problem) {
        return fail(ErrorKind::io,
                    fmt::format("cannot listen at {}:{}: {}", endpoint.address().to_string(),
                                endpoint.port(), problem.message()));
    }
    return server;
}

} // namespace daybook::api
