// What the server refuses, tried over a real socket: forms, sizes, slowness, crowds.
#include "tests/api/http/refused_forms.h"
#include "tests/api/http/test_server.h"
#include "tests/support/raw_http.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

namespace daybook::api {
namespace {

using test::RawAnswer;
using test::RawClient;
using test::TestServer;

const std::string kSmuggled = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

void expect_refused(TestServer& server, const std::string& bytes, int status,
                    const std::string& code, bool is_head = false) {
    RawClient client(server.port());
    client.send(bytes);
    RawAnswer answer = client.read_answer(is_head);
    EXPECT_EQ(answer.status, status) << answer.body;
    EXPECT_EQ(answer.headers["connection"], "close");
    if (!is_head) {
        EXPECT_TRUE(answer.body.starts_with(code + "|")) << answer.body;
    }
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST(HttpServerRefusals, CoverEachOfTheSeventeenFormsAndCloseTheConnection) {
    TestServer server;
    for (const test::RefusedForm& form : test::refused_forms()) {
        SCOPED_TRACE(form.name);
        expect_refused(server, form.bytes + kSmuggled, 400, "malformed_request");
    }
    EXPECT_EQ(server.handled(), 0);
}

TEST(HttpServerRefusals, NameAHostThatIsNotServed) {
    TestServer server({.allowed_hosts = {"books.example"}});
    expect_refused(server, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 400, "host_not_allowed");
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: books.example:443\r\n\r\n");
    EXPECT_EQ(client.read_answer().status, 200);
}

TEST(HttpServerRefusals, AnswerGarbageAtOnce) {
    TestServer server;
    for (const std::string& garbage :
         {std::string("\x16\x03\x01\x02\x00\x01", 6), std::string("\0\0\0\0", 4),
          std::string("\r\n\r\n"), std::string("GET /\n\n"), std::string(":\r\n\r\n")}) {
        expect_refused(server, garbage, 400, "malformed_request");
    }
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(client.read_answer().status, 200);
}

TEST(HttpServerRefusals, BeginExactlyAboveTheSizeOfHeaders) {
    constexpr std::size_t limit = 2000;
    TestServer server({.header_bytes_max = limit});
    const std::string start = "GET / HTTP/1.1\r\nHost: localhost\r\nA: ";
    const auto of_size = [&](std::size_t size) {
        return start + std::string(size - start.size() - 4, 'a') + "\r\n\r\n";
    };
    for (const std::size_t size : {limit - 1, limit}) {
        RawClient client(server.port());
        client.send(of_size(size) + "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        EXPECT_EQ(client.read_answer().status, 200) << size;
        EXPECT_EQ(client.read_answer().status, 200) << size;
    }
    expect_refused(server, of_size(limit + 1), 431, "header_too_large");
    expect_refused(server, start + std::string(1'000'000, 'a'), 431, "header_too_large");
}

TEST(HttpServerRefusals, BeginExactlyAboveTheNumberOfHeaders) {
    TestServer server;
    const auto with_fields = [](int count) {
        std::string request = "GET / HTTP/1.1\r\nHost: localhost\r\n";
        for (int field = 1; field < count; ++field)
            request += "A: b\r\n";
        return request + "\r\n";
    };
    RawClient client(server.port());
    client.send(with_fields(99) + with_fields(100));
    EXPECT_EQ(client.read_answer().status, 200);
    EXPECT_EQ(client.read_answer().status, 200);
    expect_refused(server, with_fields(101), 431, "header_too_large");
}

std::string post_small(const std::string& lines) {
    return "POST /small HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n";
}

TEST(HttpServerRefusals, BeginExactlyAboveTheSizeOfTheBody) {
    TestServer server;
    RawClient client(server.port());
    client.send(post_small("Content-Length: 9\r\n") + "123456789"
                + post_small("Content-Length: 10\r\n") + "1234567890"
                + post_small("Transfer-Encoding: chunked\r\n") + "a\r\n1234567890\r\n0\r\n\r\n");
    for (int request = 0; request < 3; ++request)
        EXPECT_EQ(client.read_answer().status, 200);
    // Not a byte of the body has been sent.
    expect_refused(server, post_small("Content-Length: 11\r\n"), 413, "body_too_large");
    expect_refused(server, post_small("Content-Length: 18446744073709551615\r\n"), 413,
                   "body_too_large");
}

TEST(HttpServerRefusals, SpareTheClientABodyItWouldSendInVain) {
    TestServer server;
    expect_refused(server, post_small("Content-Length: 11\r\nExpect: 100-continue\r\n"), 413,
                   "body_too_large");
}

TEST(HttpServerRefusals, ComeWhenAChunkedBodyGrowsTooLarge) {
    TestServer server;
    const std::string head = post_small("Transfer-Encoding: chunked\r\n");
    expect_refused(server, head + "5\r\n12345\r\n6\r\n", 413, "body_too_large");
    expect_refused(server, head + "ffffffff\r\n", 413, "body_too_large");
}

TEST(HttpServerRefusals, ReachAClientThatSendsItsBodyRegardless) {
    TestServer server;
    expect_refused(server, post_small("Content-Length: 200000\r\n") + std::string(200'000, 'b'),
                   413, "body_too_large");
}

TEST(HttpServerRefusals, CoverChunksThatAreNot) {
    TestServer server;
    const std::string head = "POST /a HTTP/1.1\r\nHost: localhost\r\n"
                             "Transfer-Encoding: chunked\r\n\r\n";
    for (const std::string& chunks :
         {std::string("x\r\n"), std::string("-1\r\n"), std::string("5\r\nhelloX\r\n0\r\n\r\n"),
          std::string("5\nhello\r\n0\r\n\r\n"), std::string("10000000000000000\r\n"),
          std::string("0x5\r\nhello\r\n0\r\n\r\n"), std::string(" 5\r\nhello\r\n0\r\n\r\n")}) {
        SCOPED_TRACE(chunks);
        expect_refused(server, head + chunks + kSmuggled, 400, "malformed_request");
    }
    EXPECT_EQ(server.handled(), 0);
}

TEST(HttpServerRefusals, UseTheLanguageOfTheRequest) {
    TestServer server;
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: evil.example\r\nAccept-Language: fr-FR\r\n\r\n");
    EXPECT_TRUE(client.read_answer().body.ends_with("|fr-FR"));
}

TEST(HttpServerRefusals, EndARequestThatNeverCompletes) {
    TestServer server({.header_deadline = std::chrono::seconds(1),
                       .body_deadline = std::chrono::seconds(1),
                       .idle_deadline = std::chrono::seconds(1)});
    expect_refused(server, "GET / HTTP/1.1\r\nHost: loc", 408, "request_timeout");
    expect_refused(server, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nab", 408,
                   "request_timeout");
    RawClient silent(server.port());
    EXPECT_TRUE(silent.is_closed_by_server());
    RawClient idle(server.port());
    idle.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(idle.read_answer().status, 200);
    EXPECT_TRUE(idle.is_closed_by_server());
}

TEST(HttpServerRefusals, GiveUpAClientThatDoesNotRead) {
    TestServer server({.write_deadline = std::chrono::seconds(1)});
    RawClient client(server.port());
    // More than the buffers of both sockets take, so that writing stalls.
    server.pushed()->push(std::string(50'000'000, 'x'));
    client.send("GET /pushed HTTP/1.1\r\nHost: localhost\r\n\r\n");
    server.pushed()->wait_until_destroyed();
    EXPECT_FALSE(client.read_answer().complete);
}

TEST(HttpServerRefusals, TurnAwayWhoIsOneTooManyUntilThereIsRoom) {
    TestServer server({.connections_max = 2});
    const std::string request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    RawClient first(server.port());
    first.send(request);
    EXPECT_EQ(first.read_answer().status, 200);
    {
        RawClient second(server.port());
        second.send(request);
        EXPECT_EQ(second.read_answer().status, 200);
        RawClient third(server.port());
        third.send(request);
        RawAnswer answer = third.read_answer();
        EXPECT_EQ(answer.status, 503);
        EXPECT_EQ(answer.headers["retry-after"], "1");
        EXPECT_TRUE(third.is_closed_by_server());
    }
    // The server notices that the second has gone when it does; until then it may say 503.
    for (int status = 503; status == 503;) {
        RawClient next(server.port());
        next.send(request);
        status = next.read_answer().status;
        EXPECT_TRUE(status == 503 || status == 200);
    }
}

// Lets a test wait for a line of the log.
class Listener : public spdlog::sinks::base_sink<std::mutex> {
  public:
    void wait_for(std::string_view text) {
        std::unique_lock<std::mutex> lock(mutex_);
        changed_.wait(lock, [&] { return log_.find(text) != std::string::npos; });
    }

  protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        log_.append(message.payload.data(), message.payload.size());
        changed_.notify_all();
    }
    void flush_() override {}

  private:
    std::condition_variable_any changed_;
    std::string log_;
};

TEST(HttpServerRefusals, AreNotTheEndWhenFileDescriptorsRunOut) {
    const auto listener = std::make_shared<Listener>();
    const auto logger = spdlog::default_logger();
    spdlog::set_default_logger(std::make_shared<spdlog::logger>("test", listener));
    TestServer server;
    RawClient client; // Has its descriptor before they are used up.
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
    const rlimit few{.rlim_cur = 256, .rlim_max = before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
    std::vector<int> taken;
    for (int file = 0; (file = ::open("/dev/null", O_RDONLY)) >= 0;)
        taken.push_back(file);
    client.connect(server.port());
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    listener->wait_for("cannot accept");
    for (const int file : taken)
        ::close(file);
    EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
    EXPECT_EQ(client.read_answer().status, 200);
    spdlog::set_default_logger(logger);
}

} // namespace
} // namespace daybook::api
