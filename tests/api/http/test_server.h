// A running HttpServer on a free port, with handlers that show what a request became. Ended by the
// destructor.
#pragma once

#include "api/http/server.h"

#include <condition_variable>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace daybook::test {

// Bytes that a test pushes while a client follows.
class Pushed : public api::BodyStream {
  public:
    // Shared between the stream, which the server owns, and the test.
    struct Shared {
        std::mutex mutex;
        std::condition_variable changed;
        std::string bytes;
        bool ended = false;
        bool destroyed = false;
        std::function<void()> wake;

        void push(std::string_view more, bool last = false) {
            const std::lock_guard lock(mutex);
            bytes += more;
            ended = last;
            if (wake)
                wake();
        }
        void wait_until_destroyed() {
            std::unique_lock lock(mutex);
            changed.wait(lock, [this] { return destroyed; });
        }
    };

    explicit Pushed(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}
    ~Pushed() override {
        const std::lock_guard lock(shared_->mutex);
        shared_->destroyed = true;
        shared_->wake = nullptr;
        shared_->changed.notify_all();
    }

    State next(std::string& out) override {
        const std::lock_guard lock(shared_->mutex);
        out += std::exchange(shared_->bytes, {});
        return shared_->ended ? State::end : State::wait;
    }
    void on_ready(std::function<void()> wake) override {
        const std::lock_guard lock(shared_->mutex);
        shared_->wake = std::move(wake);
    }

  private:
    std::shared_ptr<Shared> shared_;
};

// "0\n1\n2\n…" up to a limit; fails at `fails_at`.
class Counting : public api::BodyStream {
  public:
    explicit Counting(int limit, int fails_at = -1) : limit_(limit), fails_at_(fails_at) {}
    State next(std::string& out) override {
        if (next_ == fails_at_)
            throw std::runtime_error("the source is gone");
        out += std::to_string(next_++) + "\n";
        return next_ == limit_ ? State::end : State::more;
    }

  private:
    int next_ = 0;
    int limit_;
    int fails_at_;
};

// Counts what it takes; refuses the byte '!', as a full disk would.
class CountingSink : public api::BodySink {
  public:
    Result<void> take(std::string_view piece) override {
        if (piece.find('!') != std::string_view::npos)
            return fail(ErrorKind::io, "no space left");
        bytes_ += piece.size();
        return {};
    }
    std::string digest() const override { return std::to_string(bytes_); }

  private:
    std::size_t bytes_ = 0;
};

class TestServer {
  public:
    explicit TestServer(api::ServerOptions options = {}) {
        options.port = 0;
        auto server = api::HttpServer::listen(
            std::move(options),
            [](const std::string&, const std::string& path) { return plan_body(path); },
            [this](api::Request request, api::Respond respond) {
                handle(std::move(request), std::move(respond));
            },
            [](const api::Unserved& no) {
                return api::Response{.status = no.status,
                                     .headers = {{"Content-Type", "application/problem+json"}},
                                     .body =
                                         fmt::format("{}|{}|{}|{}|{}", no.code, no.detail, no.path,
                                                     no.request_id, no.accept_language)};
            });
        if (!server)
            throw std::runtime_error(server.error().what);
        server_ = *std::move(server);
        thread_ = std::jthread([this] {
            server_->run();
            const std::lock_guard lock(mutex_);
            has_ended_ = true;
            changed_.notify_all();
        });
    }
    ~TestServer() {
        later_.clear();
        stop(std::chrono::seconds(0));
        thread_.join();
    }

    std::uint16_t port() const { return server_->port(); }
    void stop(std::chrono::seconds grace) { server_->stop(grace); }
    void wait_until_ended() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return has_ended_; });
    }

    // The Respond of the next request for /later.
    api::Respond take_later() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !later_.empty(); });
        api::Respond respond = std::move(later_.front());
        later_.erase(later_.begin());
        return respond;
    }
    const std::shared_ptr<Pushed::Shared>& pushed() const { return pushed_; }
    int handled() {
        const std::lock_guard lock(mutex_);
        return handled_;
    }

  private:
    static api::BodyPlan plan_body(const std::string& path) {
        api::BodyPlan plan{path == "/small" ? 10u : 1024u * 1024u, {}};
        if (path == "/sink")
            plan = {64 * 1024 * 1024, []() -> Result<std::shared_ptr<api::BodySink>> {
                        return std::make_shared<CountingSink>();
                    }};
        if (path == "/no-sink")
            plan.open_sink = []() -> Result<std::shared_ptr<api::BodySink>> {
                return fail(ErrorKind::io, "the disk is gone");
            };
        return plan;
    }

    void handle(api::Request request, api::Respond respond) {
        {
            const std::lock_guard lock(mutex_);
            ++handled_;
            if (request.path == "/later") {
                later_.push_back(std::move(respond));
                changed_.notify_all();
                return;
            }
        }
        if (request.path == "/throws")
            throw std::runtime_error("secret");
        if (request.path == "/forgets")
            return;
        respond(answer_to(request));
        if (request.path == "/twice")
            respond({.body = "second"});
        if (request.path == "/answers-and-throws")
            throw std::runtime_error("secret");
    }

    api::Response answer_to(const api::Request& request) {
        if (request.path == "/pushed") {
            return {.stream = std::make_unique<Pushed>(pushed_)};
        }
        if (request.path == "/count")
            return {.stream = std::make_unique<Counting>(1000)};
        if (request.path == "/breaks")
            return {.stream = std::make_unique<Counting>(1000, 5)};
        if (request.path == "/sized" || request.path == "/too-long" || request.path == "/too-short")
            return {.stream = std::make_unique<Counting>(5), // 10 bytes.
                    .stream_size = request.path == "/sized"      ? 10
                                   : request.path == "/too-long" ? 9
                                                                 : 11};
        if (request.sink)
            return {.body = request.sink->digest() + "|" + request.body};
        if (request.path == "/large")
            return {.body = std::string(3'000'000, 'x')};
        if (request.path == "/nothing")
            return {.status = 204};
        if (request.path == "/splits")
            return {.headers = {{"A", "b\r\nSet-Cookie: c"}}};
        if (request.path == "/own-headers") {
            return {.headers = {{"cache-control", "private"}, {"Content-Length", "999"}}};
        }
        std::string body = fmt::format("{} {} id={} [{}]", request.method, request.path,
                                       request.request_id, request.body);
        for (const auto& [name, value] : request.headers)
            body += "\n" + name + "=" + value;
        return {.headers = {{"Content-Type", "text/plain"}}, .body = body};
    }

    std::unique_ptr<api::HttpServer> server_;
    std::shared_ptr<Pushed::Shared> pushed_ = std::make_shared<Pushed::Shared>();
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<api::Respond> later_;
    int handled_ = 0;
    bool has_ended_ = false;
    std::jthread thread_;
};

} // namespace daybook::test
