// The feed: as of a moment, whole as a file, and where a client may go on.
#include "tests/api/support/ledger_api.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

// Commits that end at 1, 2 and 4.
struct FedBooks {
    LedgerApi api;

    FedBooks() {
        api.commit({company_created()});
        api.commit({client_created("Dupont")});
        api.commit({client_changed("Durand"), client_created("Martin", kOtherClient)});
    }
};

std::size_t lines_in(const std::string& text) {
    return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

TEST(Events, AreThoseOfTheMomentAskedFor) {
    FedBooks books;
    const Answer then = books.api.get("/events?as_of=@3"); // Inside a commit: the one before.
    EXPECT_EQ(then.count("/items"), 2U) << then.text;
    EXPECT_EQ(then["/revision"], "2");
    EXPECT_EQ(then["/next"], "null");
    EXPECT_EQ(then["/prev"], "null");
    EXPECT_EQ(then.headers.at("Daybook-Revision"), "2");
    EXPECT_EQ(books.api.get("/events").count("/items"), 4U);

    EXPECT_EQ(books.api.get("/events/2?as_of=@2").status, 200);
    EXPECT_EQ(books.api.get("/events/4?as_of=@2").code(), "not_yet_created");
    EXPECT_EQ(books.api.get("/events/5").code(), "not_found");

    const Answer live = books.api.get("/events?as_of=@2", {{"accept", "text/event-stream"}});
    EXPECT_NE(live.text.find("id: 1-2\n"), std::string::npos) << live.text;
    EXPECT_EQ(live.text.find("id: 1-3\n"), std::string::npos) << live.text;
    EXPECT_TRUE(live.text.ends_with("event: caught_up\ndata: {\"revision\":2}\n\n")) << live.text;
}

TEST(Events, ComeWholeAsAFileUnlessALimitIsGiven) {
    FedBooks books;
    for (int i = 0; i < 150; ++i)
        books.api.commit({client_changed("Durand " + std::to_string(i))});
    const Answer whole = books.api.get("/events", {{"accept", "application/x-ndjson"}});
    EXPECT_EQ(lines_in(whole.text), 154U);
    EXPECT_FALSE(whole.headers.contains("Link"));
    const Answer rest = books.api.get("/events?after=150", {{"accept", "text/csv"}});
    EXPECT_EQ(lines_in(rest.text), 1U + 4U) << rest.text;

    const Answer page = books.api.get("/events?limit=3", {{"accept", "application/x-ndjson"}});
    EXPECT_EQ(lines_in(page.text), 3U);
    EXPECT_NE(page.headers.at("Link").find("?cursor=3&limit=3>; rel=\"next\""), std::string::npos)
        << page.headers.at("Link");
    EXPECT_EQ(books.api.get("/events?cursor=3&after=0&limit=3")["/items/0/revision"], "4");
    EXPECT_EQ(books.api.get("/events", {{"accept", "image/png"}}).status, 406);
}

TEST(Events, GoOnOnlyWhereSomebodyCanHaveStopped) {
    FedBooks books;
    const auto from = [&](const std::string& id) {
        return books.api.get("/events", {{"last-event-id", id}});
    };
    EXPECT_EQ(from("1-3")["/items/0/revision"], "4");
    EXPECT_EQ(from("1-4").count("/items"), 0U);
    for (const Answer& ahead :
         {from("1-5"), books.api.get("/events?after=5"), books.api.get("/events?after=3&as_of=@2")})
        EXPECT_EQ(std::pair(ahead.status, ahead.code()),
                  std::pair(422, std::string("as_of_in_future")))
            << ahead.text;
    EXPECT_EQ(from("1-5")["/revision"], "4");
    const Answer other = from("7-3");
    EXPECT_EQ(other.status, 409);
    EXPECT_EQ(other["/epoch"], "1");
    EXPECT_EQ(other["/revision"], "4");
    EXPECT_EQ(from("x").code(), "bad_parameter");
    EXPECT_EQ(books.api.get("/events?limit=0").code(), "bad_parameter");
}

} // namespace
} // namespace daybook::tests
