// The server as a client meets it: what it accepts, answers, and how a connection goes on.
#include "tests/api/http/test_server.h"
#include "tests/support/raw_http.h"

#include <gtest/gtest.h>

namespace daybook::api {
namespace {

using test::RawAnswer;
using test::RawClient;
using test::TestServer;

const std::string kHost = "Host: localhost\r\n";

std::string get(const std::string& target, const std::string& lines = "") {
    return "GET " + target + " HTTP/1.1\r\n" + kHost + lines + "\r\n";
}

std::string post(const std::string& target, const std::string& body) {
    return "POST " + target + " HTTP/1.1\r\n" + kHost
           + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

TEST(HttpServer, HandsARequestOverDecodedAndAnswersIt) {
    TestServer server;
    RawClient client(server.port());
    client.send("POST /a%2Fb HTTP/1.1\r\nHost: localhost\r\nX-Note:  two words \r\n"
                "X-Request-Id: mine-1\r\nContent-Length: 5\r\n\r\nhello");
    const RawAnswer answer = client.read_answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.body.starts_with("POST /a/b id=mine-1 [hello]\n")) << answer.body;
    EXPECT_NE(answer.body.find("\nx-note=two words\n"), std::string::npos) << answer.body;
    EXPECT_EQ(answer.headers.at("x-request-id"), "mine-1");
    EXPECT_EQ(answer.headers.at("content-type"), "text/plain");
}

TEST(HttpServer, GivesEveryAnswerItsSafetyHeaders) {
    TestServer server;
    RawClient client(server.port());
    client.send(get("/ok") + get("/forgets") + "nonsense\r\n\r\n");
    for (const int status : {200, 500, 400}) {
        RawAnswer answer = client.read_answer();
        EXPECT_EQ(answer.status, status);
        EXPECT_EQ(answer.headers["x-content-type-options"], "nosniff");
        EXPECT_EQ(answer.headers["cache-control"], "no-store");
        EXPECT_EQ(answer.headers["referrer-policy"], "no-referrer");
        EXPECT_TRUE(answer.headers["content-security-policy"].starts_with("default-src 'none'"));
        EXPECT_FALSE(answer.headers["x-request-id"].empty());
        EXPECT_FALSE(answer.headers.contains("server"));
    }
}

TEST(HttpServer, LetsAHandlerChooseHeadersButNotTheFraming) {
    TestServer server;
    RawClient client(server.port());
    client.send(get("/own-headers"));
    RawAnswer answer = client.read_answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.headers["cache-control"], "private");
    EXPECT_EQ(answer.headers["content-length"], "0");
    client.send(get("/splits"));
    EXPECT_EQ(client.read_answer().status, 500);
}

TEST(HttpServer, MakesARequestIdWhenTheClientsIsNotSane) {
    TestServer server;
    RawClient client(server.port());
    client.send(get("/a", "X-Request-Id: a b\r\n")
                + get("/a", "X-Request-Id: " + std::string(65, 'a') + "\r\n") + get("/a"));
    const std::string first = client.read_answer().headers["x-request-id"];
    const std::string second = client.read_answer().headers["x-request-id"];
    const std::string third = client.read_answer().headers["x-request-id"];
    EXPECT_NE(first, "a b");
    EXPECT_LT(second.size(), 65U);
    EXPECT_NE(first, second);
    EXPECT_NE(second, third);
}

TEST(HttpServer, AnswersManyRequestsOfOneConnectionInOrder) {
    TestServer server;
    RawClient client(server.port());
    for (int round = 0; round < 3; ++round) {
        client.send(get("/one") + post("/two", "body") + get("/three"));
        EXPECT_TRUE(client.read_answer().body.starts_with("GET /one"));
        EXPECT_TRUE(client.read_answer().body.starts_with("POST /two"));
        EXPECT_TRUE(client.read_answer().body.starts_with("GET /three"));
    }
}

TEST(HttpServer, ClosesWhenAskedTo) {
    TestServer server;
    for (const std::string& request : {get("/a", "Connection: close\r\n"),
                                       std::string("GET /a HTTP/1.0\r\n" + kHost + "\r\n")}) {
        RawClient client(server.port());
        client.send(request + get("/never"));
        RawAnswer answer = client.read_answer();
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.headers["connection"], "close");
        EXPECT_TRUE(client.is_closed_by_server());
    }
    EXPECT_EQ(server.handled(), 2);
}

TEST(HttpServer, AnswersHeadAsGetWithoutBody) {
    TestServer server;
    RawClient client(server.port());
    client.send("HEAD /same HTTP/1.1\r\n" + kHost + "X-Request-Id: r\r\n\r\n"
                + get("/same", "X-Request-Id: r\r\n"));
    RawAnswer head = client.read_answer(true);
    RawAnswer full = client.read_answer();
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.headers, full.headers);
    EXPECT_TRUE(full.body.starts_with("GET /same")) << full.body;
    client.send("HEAD /count HTTP/1.1\r\n" + kHost + "\r\n" + get("/after"));
    EXPECT_EQ(client.read_answer(true).headers["transfer-encoding"], "chunked");
    EXPECT_TRUE(client.read_answer().body.starts_with("GET /after"));
}

TEST(HttpServer, SendsNoBodyWhereNoneBelongs) {
    TestServer server;
    RawClient client(server.port());
    client.send(get("/nothing") + get("/after"));
    RawAnswer answer = client.read_answer();
    EXPECT_EQ(answer.status, 204);
    EXPECT_FALSE(answer.headers.contains("content-length"));
    EXPECT_TRUE(client.read_answer().body.starts_with("GET /after"));
}

TEST(HttpServer, SaysContinueBeforeABodyThatWaitsForIt) {
    TestServer server;
    RawClient client(server.port());
    client.send("POST /a HTTP/1.1\r\n" + kHost
                + "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.read_answer().status, 100);
    client.send("hello");
    RawAnswer answer = client.read_answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_NE(answer.body.find("[hello]"), std::string::npos);
}

TEST(HttpServer, ReadsAChunkedBodyAndIgnoresItsTrailers) {
    TestServer server;
    RawClient client(server.port());
    client.send("POST /a HTTP/1.1\r\n" + kHost
                + "Transfer-Encoding: chunked\r\n\r\n2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\n"
                  "Daybook-Actor: forged\r\n\r\n"
                + get("/after"));
    RawAnswer answer = client.read_answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_NE(answer.body.find("[hello]"), std::string::npos) << answer.body;
    EXPECT_EQ(answer.body.find("forged"), std::string::npos) << answer.body;
    EXPECT_TRUE(client.read_answer().body.starts_with("GET /after"));
}

TEST(HttpServer, CarriesLargeBodiesBothWays) {
    TestServer server;
    RawClient client(server.port());
    const std::string body(1024 * 1024, 'b');
    client.send(post("/a", body));
    EXPECT_NE(client.read_answer().body.find(body), std::string::npos);
    client.send(get("/large"));
    EXPECT_EQ(client.read_answer().body, std::string(3'000'000, 'x'));
}

TEST(HttpServer, HandsALargeBodyToTheSinkOfItsRouteAndNotToMemory) {
    TestServer server;
    RawClient client(server.port());
    client.send(post("/sink", std::string(3'000'000, 'b')));
    EXPECT_EQ(client.read_answer().body, "3000000|");
    client.send("POST /sink HTTP/1.1\r\n" + kHost
                + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    EXPECT_EQ(client.read_answer().body, "5|");
    client.send(post("/sink", ""));
    EXPECT_EQ(client.read_answer().body, "0|");
}

TEST(HttpServer, SaysThatABodyCouldNotBeKept) {
    TestServer server;
    for (const std::string& request : {post("/sink", "full!"), post("/no-sink", "any")}) {
        RawClient client(server.port());
        client.send(request);
        const RawAnswer answer = client.read_answer();
        EXPECT_EQ(answer.status, 503);
        EXPECT_TRUE(answer.body.starts_with("storage_failed|")) << answer.body;
        EXPECT_TRUE(client.is_closed_by_server());
    }
}

TEST(HttpServer, AnswersLaterAndFromAnotherThread) {
    TestServer server;
    RawClient client(server.port());
    client.send(get("/later"));
    std::thread other([respond = server.take_later()] { respond({.body = "at last"}); });
    EXPECT_EQ(client.read_answer().body, "at last");
    other.join();
}

TEST(HttpServer, ServesOthersWhileOneWaits) {
    TestServer server({.threads = 1});
    RawClient waiting(server.port());
    waiting.send(get("/later"));
    const Respond respond = server.take_later();
    RawClient other(server.port());
    other.send(get("/quick"));
    EXPECT_EQ(other.read_answer().status, 200);
    respond({.body = "now"});
    EXPECT_EQ(waiting.read_answer().body, "now");
}

TEST(HttpServer, CountsOnlyTheFirstAnswer) {
    TestServer server;
    RawClient client(server.port());
    client.send(get("/twice") + get("/answers-and-throws") + get("/after"));
    EXPECT_TRUE(client.read_answer().body.starts_with("GET /twice"));
    EXPECT_NE(client.read_answer().status, 0);
    EXPECT_TRUE(client.read_answer().body.starts_with("GET /after"));
}

TEST(HttpServer, OutlivesHandlersThatThrowOrForget) {
    TestServer server;
    RawClient client(server.port());
    for (const char* path : {"/throws", "/forgets"}) {
        client.send(get(path, "Accept-Language: fr\r\n"));
        const RawAnswer answer = client.read_answer();
        EXPECT_EQ(answer.status, 500) << path;
        EXPECT_TRUE(answer.body.starts_with("internal_error|")) << answer.body;
        EXPECT_TRUE(answer.body.ends_with("|fr")) << answer.body;
        EXPECT_EQ(answer.body.find("secret"), std::string::npos);
    }
    client.send(get("/after"));
    EXPECT_EQ(client.read_answer().status, 200);
}

TEST(HttpServer, DropsAnAnswerThatComesAfterItself) {
    Respond late;
    {
        TestServer server;
        RawClient client(server.port());
        client.send(get("/later"));
        late = server.take_later();
    }
    late({.body = "nobody listens"});
}

TEST(HttpServer, SaysWhyItCannotListen) {
    TestServer server;
    const auto listen = [](ServerOptions options) {
        return HttpServer::listen(std::move(options), {}, {}, {});
    };
    const auto taken = listen({.port = server.port()});
    ASSERT_FALSE(taken.has_value());
    EXPECT_EQ(taken.error().kind, ErrorKind::io);
    EXPECT_NE(taken.error().what.find(std::to_string(server.port())), std::string::npos);
    const auto name = listen({.address = "not an address", .port = 0});
    ASSERT_FALSE(name.has_value());
    EXPECT_EQ(name.error().kind, ErrorKind::invalid);
}

} // namespace
} // namespace daybook::api
