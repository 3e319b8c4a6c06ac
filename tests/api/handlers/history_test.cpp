// History and blame over books that went back, and their forms and filters.
#include "tests/api/support/ledger_api.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

// Created, renamed, broken, and taken back to before it was broken.
struct BooksThatWentBack {
    LedgerApi api;
    Revision created = 0, renamed = 0, broken = 0, back = 0;
    std::string client = "/clients/" + to_text(kClient);

    BooksThatWentBack() {
        api.commit({company_created()});
        created = api.commit({client_created("Dupont")});
        renamed = api.commit({client_changed("Durand")});
        broken = api.commit({client_changed("oops"), client_created("Martin", kOtherClient)});
        back = api.commit(
            {rolled_back(renamed), client_returned(2), client_returned(0, kOtherClient)});
    }
};

TEST(History, TellsWhatAReturnChanged) {
    BooksThatWentBack books;
    const Answer history = books.api.get(books.client + "/history");
    ASSERT_EQ(history.count("/items"), 4U) << history.text;
    EXPECT_EQ(history["/items/0/event"], "Returned");
    EXPECT_EQ(history["/items/0/revision"], "7");
    EXPECT_EQ(history["/items/0/commit/first"], "6");
    EXPECT_EQ(history["/items/0/sentence"], "It went back to its version 2");
    ASSERT_EQ(history.count("/items/0/changes"), 1U);
    EXPECT_EQ(history["/items/0/changes/0/pointer"], "/name");
    EXPECT_EQ(history["/items/0/changes/0/before"], "oops");
    EXPECT_EQ(history["/items/0/changes/0/after"], "Durand");

    const Answer company = books.api.get("/history?limit=3");
    EXPECT_EQ(company["/items/2/event"], "CompanyRolledBack");
    EXPECT_EQ(company["/items/2/sentence"],
              "The books went back to revision " + std::to_string(books.renamed));
    EXPECT_EQ(company["/items/0/changes/0/after"], "null"); // Martin did not exist then.
}

TEST(History, OfAThingThatARollbackTookAwayIsStillThere) {
    BooksThatWentBack books;
    const std::string gone = "/clients/" + to_text(kOtherClient);
    EXPECT_EQ(books.api.get(gone).code(), "removed_by_rollback");
    EXPECT_EQ(books.api.get(gone + "/history").count("/items"), 2U);
    EXPECT_EQ(books.api.get(gone + "/history?as_of=@2").code(), "not_yet_created");
    EXPECT_EQ(books.api.get("/clients/" + to_text(uuid(99)) + "/history").code(), "not_found");
}

TEST(History, LetsThroughWhatIsAskedFor) {
    BooksThatWentBack books;
    const auto count = [&](const std::string& query) {
        const Answer answer = books.api.get(query);
        EXPECT_EQ(answer.status, 200) << query << answer.text;
        return answer.count("/items");
    };
    EXPECT_EQ(count("/history"), 8U);
    EXPECT_EQ(count("/history?type=Returned"), 2U);
    EXPECT_EQ(count("/history?actor=nobody"), 0U);
    EXPECT_EQ(count("/history?entity=client/" + to_text(kClient)), 4U);
    EXPECT_EQ(count("/history?as_of=@3"), 3U);
    EXPECT_EQ(count("/history?from=@4"), 5U);
    EXPECT_EQ(count("/history?to=@4"), 4U);
    EXPECT_EQ(count("/history?from=@4&to=@3"), 0U);
    // The ledger records its commits at 10^3 µs for each revision they begin with.
    const auto instant = [](std::int64_t first, std::int64_t micros = 0) {
        return to_text(Timestamp{1'770'000'000'000'000 + 1000 * first + micros});
    };
    EXPECT_EQ(count("/history?from=" + instant(4)), 5U);
    EXPECT_EQ(count("/history?from=" + instant(4, 1)), 3U);
    EXPECT_EQ(count("/history?to=" + instant(4)), 5U);
    EXPECT_EQ(count("/history?to=" + instant(4, -1)), 3U);
    EXPECT_EQ(count(books.client + "/history?from=@3&to=@4"), 2U);
    EXPECT_EQ(count(books.client + "/history?as_of=@3"), 2U);
}

TEST(History, RefusesWhatItCannotMean) {
    BooksThatWentBack books;
    for (const char* query : {"type=InvoiceEaten", "entity=client", "entity=dog/1",
                              "from=yesterday", "to=@x", "limit=0", "limit=501"}) {
        const Answer no = books.api.get(std::string("/history?") + query);
        EXPECT_EQ(no.status, 400) << query;
        EXPECT_EQ(no.code(), "bad_parameter") << query;
    }
    EXPECT_EQ(books.api.get("/history?cursor=0").code(), "bad_cursor");
    EXPECT_EQ(books.api.get("/history?as_of=@99").code(), "as_of_in_future");
}

// Revisions of all pages, in order.
std::vector<std::string> paged(LedgerApi& api, const std::string& target) {
    std::vector<std::string> revisions;
    std::string cursor;
    do {
        const Answer page = api.get(target + (cursor.empty() ? "" : "&cursor=" + cursor));
        for (std::size_t i = 0; i < page.count("/items"); ++i)
            revisions.push_back(page["/items/" + std::to_string(i) + "/revision"]);
        cursor = page["/next"];
        if (revisions.size() > 20)
            break;
        api.commit({client_changed("x")}); // What is written meanwhile does not move the pages.
    } while (cursor != "null");
    return revisions;
}

TEST(History, TurnsItsPagesWhileOthersWrite) {
    using Revisions = std::vector<std::string>;
    BooksThatWentBack books;
    EXPECT_EQ(paged(books.api, "/history?limit=3"),
              (Revisions{"8", "7", "6", "5", "4", "3", "2", "1"}));
    BooksThatWentBack more;
    EXPECT_EQ(paged(more.api, more.client + "/history?limit=3"), (Revisions{"7", "4", "3", "2"}));
}

TEST(History, IsWrittenForSpreadsheetsAndPrograms) {
    BooksThatWentBack books;
    const Answer csv = books.api.get(books.client + "/history", {{"accept", "text/csv"}});
    EXPECT_TRUE(csv.text.starts_with("revision,commit.first,commit.last,at,actor.name,event,"))
        << csv.text;
    EXPECT_EQ(std::ranges::count(csv.text, '\n'), 5);
    EXPECT_NE(
        csv.text.find("Returned,client," + to_text(kClient) + ",It went back to its version 2,"),
        std::string::npos)
        << csv.text;
    const Answer lines = books.api.get("/history", {{"accept", "application/x-ndjson"}});
    EXPECT_EQ(std::ranges::count(lines.text, '\n'), 8);
    EXPECT_EQ(lines.headers.at("Daybook-Revision"), "8");
    const Answer some =
        books.api.get("/history?limit=2&type=Returned", {{"accept", "application/x-ndjson"}});
    EXPECT_EQ(std::ranges::count(some.text, '\n'), 2);
    EXPECT_EQ(some.headers.at("Link"), "<?cursor=7&limit=2&type=Returned>; rel=\"next\"");
    EXPECT_EQ(books.api.get("/history", {{"accept", "image/png"}}).status, 406);
}

std::string blamed(const Answer& blame, const std::string& pointer) {
    for (std::size_t i = 0; i < blame.count(""); ++i) {
        const std::string field = "/" + std::to_string(i);
        if (blame[field + "/pointer"] == pointer)
            return blame[field + "/value"] + " by " + blame[field + "/event"] + " @"
                   + blame[field + "/revision"] + ", back @" + blame[field + "/returned_at"];
    }
    return "nobody";
}

TEST(Blame, OfTheCompanyIsOfItsOwnFields) {
    BooksThatWentBack books;
    EXPECT_EQ(blamed(books.api.get("/blame"), "/name"), "Atelier by CompanyCreated @1, back @null");
}

// What the feed sent stays as it was; what still counts is computed.
TEST(Events, SayWhetherTheyStillCount) {
    BooksThatWentBack books;
    const auto live = [&](Revision revision) {
        return books.api.get("/events/" + std::to_string(revision))["/live"];
    };
    EXPECT_EQ(live(books.renamed), "true");
    EXPECT_EQ(live(books.broken), "false");
    EXPECT_EQ(live(books.back), "true");
    const Answer feed = books.api.get("/events?after=3");
    EXPECT_EQ(feed["/items/0/live"], "false");
    EXPECT_EQ(feed["/items/2/live"], "true"); // That the books went back.
    // Undone: what was taken back counts again, and its return no longer does.
    books.api.commit({rolled_back(books.broken), client_returned(3)});
    EXPECT_EQ(live(4), "true");
    EXPECT_EQ(live(7), "false");
}

TEST(Blame, NamesWhoWroteTheValueThroughAReturn) {
    BooksThatWentBack books;
    const std::string target = books.client + "/blame";
    const Answer now = books.api.get(target);
    EXPECT_EQ(blamed(now, "/name"), "Durand by ClientChanged @3, back @7");
    EXPECT_EQ(blamed(now, "/address/city"), "Lyon by ClientCreated @2, back @null");
    const Answer then = books.api.get(target + "?as_of=@5");
    EXPECT_EQ(blamed(then, "/name"), "oops by ClientChanged @4, back @null");

    // Written anew: nothing came back.
    books.api.commit({client_changed("Petit")});
    EXPECT_EQ(blamed(books.api.get(target), "/name"), "Petit by ClientChanged @9, back @null");
    // The rollback is undone: the value is that of the mistake again.
    books.api.commit({client_returned(3)});
    EXPECT_EQ(blamed(books.api.get(target), "/name"), "oops by ClientChanged @4, back @10");
}

TEST(Diff, AfterARollbackFindsNothingButWhatHappenedSince) {
    BooksThatWentBack books;
    const std::string from = "/diff?from=@" + std::to_string(books.renamed);
    EXPECT_EQ(books.api.get(from).count("/items"), 0U);
    EXPECT_EQ(books.api.get(from + "&to=@5").count("/items"), 2U);
    const Answer undone = books.api.get("/diff?from=@5");
    ASSERT_EQ(undone.count("/items"), 2U);
    EXPECT_EQ(undone["/items/1/change"], "removed");
    EXPECT_EQ(undone["/items/1/label"], "Martin");
}

TEST(Diff, OfACopyLooksOnlyAtWhatCameAfterTheFork) {
    LedgerApi api;
    const CompanyId copy = id<CompanyId>(900);
    Ledger other(api.books().log, 2);
    api.service().opened(copy, 2);
    const auto both = [&](const std::vector<Happened>& happened) {
        other.commit(happened);
        return api.commit(happened);
    };
    both({company_created()});
    both({client_created("Dupont")});
    const Revision fork = both({client_created("Martin", kOtherClient)});
    const auto commit_to_copy = [&](const std::vector<Happened>& happened) {
        other.commit(happened);
        api.books().catch_up();
    };
    commit_to_copy({company_created(copy, "Atelier, copied")});
    commit_to_copy({client_changed("Durand")});
    api.commit({client_changed("Petit")});
    api.commit({client_changed("Moreau", kOtherClient)});

    const Answer diff = api.get("/diff?with=" + to_text(copy));
    ASSERT_EQ(diff.status, 200) << diff.text;
    ASSERT_EQ(diff.count("/items"), 3U) << diff.text;
    EXPECT_EQ(diff["/items/0/changes/0/before"], "Petit");
    EXPECT_EQ(diff["/items/0/changes/0/after"], "Durand");
    EXPECT_EQ(diff["/items/1/kind"], "company");
    EXPECT_EQ(diff["/items/1/change"], "changed");
    EXPECT_EQ(diff["/items/2/changes/0/before"], "Moreau");
    EXPECT_EQ(diff["/items/2/changes/0/after"], "Martin");
    EXPECT_EQ(diff["/to/company_id"], to_text(copy));

    const std::string at_fork = "&from=@" + std::to_string(fork);
    EXPECT_EQ(api.get("/diff?with=" + to_text(copy) + at_fork).count("/items"), 2U);
    EXPECT_EQ(api.get("/clients/" + to_text(kOtherClient) + "/diff?with=" + to_text(copy) + at_fork)
                  .count("/items"),
              0U);
}

} // namespace
} // namespace daybook::tests
