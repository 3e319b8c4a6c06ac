// Answers that are made while they are sent, and the end of the server.
#include "tests/api/http/test_server.h"
#include "tests/support/raw_http.h"

#include <gtest/gtest.h>

namespace daybook::api {
namespace {

using test::RawAnswer;
using test::RawClient;
using test::TestServer;

std::string ask_for(const std::string& target, const std::string& version = "1.1") {
    return "GET " + target + " HTTP/" + version + "\r\nHost: localhost\r\n\r\n";
}

std::string numbers() {
    std::string text;
    for (int number = 0; number < 1000; ++number)
        text += std::to_string(number) + "\n";
    return text;
}

TEST(HttpServerStreams, ArriveWholeAndLeaveTheConnectionUsable) {
    TestServer server;
    RawClient client(server.port());
    client.send(ask_for("/count") + ask_for("/after"));
    RawAnswer answer = client.read_answer();
    EXPECT_TRUE(answer.complete);
    EXPECT_EQ(answer.headers["transfer-encoding"], "chunked");
    EXPECT_EQ(answer.body, numbers());
    EXPECT_TRUE(client.read_answer().body.starts_with("GET /after"));
}

TEST(HttpServerStreams, OfAKnownLengthAnnounceIt) {
    TestServer server;
    RawClient client(server.port());
    client.send("HEAD /sized HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(client.read_answer(true).headers["content-length"], "10");
    for (const std::string version : {"1.1", "1.0"}) {
        client.send(ask_for("/sized", version));
        RawAnswer answer = client.read_answer();
        EXPECT_EQ(answer.headers["content-length"], "10");
        EXPECT_FALSE(answer.headers.contains("transfer-encoding"));
        EXPECT_EQ(answer.body, "0\n1\n2\n3\n4\n");
    }
}

TEST(HttpServerStreams, OfAnotherLengthThanAnnouncedAreCut) {
    TestServer server;
    for (const std::string target : {"/too-long", "/too-short"}) {
        RawClient client(server.port());
        client.send(ask_for(target));
        EXPECT_FALSE(client.read_answer().complete) << target;
    }
}

TEST(HttpServerStreams, AreSentPlainToHttp10) {
    TestServer server;
    RawClient client(server.port());
    client.send(ask_for("/count", "1.0"));
    RawAnswer answer = client.read_answer();
    EXPECT_FALSE(answer.headers.contains("transfer-encoding"));
    EXPECT_EQ(answer.headers["connection"], "close");
    EXPECT_EQ(answer.body, numbers());
}

TEST(HttpServerStreams, DeliverNewsAsItComes) {
    TestServer server;
    RawClient client(server.port());
    client.send(ask_for("/pushed"));
    EXPECT_EQ(client.read_head().status, 200);
    for (const std::string news : {"one", "two", "three"}) {
        server.pushed()->push(news);
        EXPECT_EQ(client.read_chunk(), news);
    }
    server.pushed()->push("last", true);
    EXPECT_EQ(client.read_chunk(), "last");
    EXPECT_EQ(client.read_chunk(), "");
    client.send(ask_for("/after"));
    EXPECT_EQ(client.read_answer().status, 200);
}

TEST(HttpServerStreams, AreDestroyedWhenTheClientGoes) {
    TestServer server;
    {
        RawClient client(server.port());
        client.send(ask_for("/pushed"));
        EXPECT_EQ(client.read_head().status, 200);
    }
    server.pushed()->wait_until_destroyed();
}

TEST(HttpServerStreams, ThatFailNeverLookComplete) {
    TestServer server;
    RawClient client(server.port());
    client.send(ask_for("/breaks"));
    const RawAnswer answer = client.read_answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_FALSE(answer.complete);
    EXPECT_TRUE(std::string_view("0\n1\n2\n3\n4\n").starts_with(answer.body)) << answer.body;
}

TEST(HttpServerStop, EndsStreamsThatFollow) {
    TestServer server;
    RawClient client(server.port());
    client.send(ask_for("/pushed"));
    EXPECT_EQ(client.read_head().status, 200);
    server.stop(std::chrono::seconds(60));
    EXPECT_EQ(client.read_chunk(), "");
    server.wait_until_ended();
}

TEST(HttpServerStop, FinishesAnswersThatAreUnderWay) {
    TestServer server({.header_deadline = std::chrono::seconds(600)});
    RawClient silent(server.port());
    RawClient client(server.port());
    RawClient idle(server.port());
    idle.send(ask_for("/idle")); // Accepted last, so the others have been.
    EXPECT_EQ(idle.read_answer().status, 200);
    client.send(ask_for("/later") + ask_for("/never"));
    const Respond respond = server.take_later();
    server.stop(std::chrono::seconds(60));
    EXPECT_TRUE(idle.is_closed_by_server());
    EXPECT_TRUE(silent.is_closed_by_server());
    EXPECT_THROW(RawClient(server.port()), std::runtime_error) << "no longer listening";
    respond({.body = "finished"});
    RawAnswer answer = client.read_answer();
    EXPECT_EQ(answer.body, "finished");
    EXPECT_EQ(answer.headers["connection"], "close");
    EXPECT_TRUE(client.is_closed_by_server());
    server.wait_until_ended();
    EXPECT_EQ(server.handled(), 2);
}

TEST(HttpServerStop, ClosesWhatIsUnfinishedAfterItsGrace) {
    TestServer server;
    RawClient client(server.port());
    client.send(ask_for("/later"));
    const Respond respond = server.take_later();
    server.stop(std::chrono::seconds(0));
    EXPECT_EQ(client.read_answer().status, 0);
    server.wait_until_ended();
    respond({.body = "too late"});
}

TEST(HttpServerStop, MayComeTwiceOrBeforeAnyRequest) {
    TestServer server;
    server.stop(std::chrono::seconds(5));
    server.stop(std::chrono::seconds(5));
    server.wait_until_ended();
}

} // namespace
} // namespace daybook::api
