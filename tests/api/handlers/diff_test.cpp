// What differs between two moments: of the books, of one thing, and between two companies.
#include "tests/api/support/api_harness.h"

#include <gtest/gtest.h>
#include <set>

namespace daybook::tests {
namespace {

std::string at(std::uint64_t revision) { return "@" + std::to_string(revision); }

// "change kind label" of each item, without order.
std::multiset<std::string> told(const Answer& diff) {
    std::multiset<std::string> lines;
    for (std::size_t i = 0; i < diff.count("/items"); ++i) {
        const std::string item = "/items/" + std::to_string(i);
        lines.insert(diff[item + "/change"] + " " + diff[item + "/kind"] + " "
                     + diff[item + "/label"]);
    }
    return lines;
}
using Told = std::multiset<std::string>;

TEST(Diff, TellsThingsFieldsAndSumsBothWays) {
    Api api;
    const std::string invoice = api.issued();
    const std::uint64_t before = api.head();
    api.patch("/clients/" + api.client(), R"({"name":"Durand SA"})");
    api.payment("252.75", R"("allocations":[{"invoice_id":")" + Api::id_in(invoice)
                              + R"(","amount":"252.75"}])");
    const std::string draft = api.draft();
    const std::uint64_t after = api.head();

    const Answer forth = api.get("/diff?from=" + at(before) + "&to=" + at(after));
    ASSERT_EQ(forth.status, 200) << forth.text;
    EXPECT_EQ(told(forth), (Told{"changed client Durand SA", "added invoice draft of 1252.75 EUR",
                                 "added payment 252.75 EUR of " + api.today()}));
    EXPECT_EQ(forth["/next"], "null");
    EXPECT_EQ(forth["/from/revision"], std::to_string(before));
    EXPECT_EQ(forth["/to/revision"], std::to_string(after));
    EXPECT_EQ(forth["/sums/counts/drafts/difference"], "1");
    EXPECT_EQ(forth["/sums/money/0/currency"], "EUR");
    EXPECT_EQ(forth["/sums/money/0/receivable/before"], "1252.75");
    EXPECT_EQ(forth["/sums/money/0/receivable/after"], "1000.00");
    EXPECT_EQ(forth["/sums/money/0/receivable/difference"], "-252.75");

    const Answer back = api.get("/diff?from=" + at(after) + "&to=" + at(before));
    EXPECT_EQ(told(back), (Told{"changed client Dupont SA", "removed invoice draft of 1252.75 EUR",
                                "removed payment 252.75 EUR of " + api.today()}));
    EXPECT_EQ(back["/sums/money/0/receivable/difference"], "252.75");

    const std::string client = "/clients/" + api.client() + "/diff?from=" + at(before);
    const Answer one = api.get(client);
    ASSERT_EQ(one.count("/items"), 1U) << one.text;
    ASSERT_EQ(one.count("/items/0/changes"), 1U) << one.text;
    EXPECT_EQ(one["/items/0/changes/0/pointer"], "/name");
    EXPECT_EQ(one["/items/0/changes/0/before"], "Dupont SA");
    EXPECT_EQ(one["/items/0/changes/0/after"], "Durand SA");
    EXPECT_EQ(api.get(invoice + "/diff?from=" + at(before)).count("/items"), 0U);
    EXPECT_EQ(api.get(draft + "/diff?from=" + at(before) + "&to=" + at(before)).code(),
              "not_found");
}

TEST(Diff, IsEmptyBetweenAMomentAndItself) {
    Api api;
    const Answer none = api.get("/diff?from=" + at(api.head()));
    EXPECT_EQ(none.count("/items"), 0U);
    EXPECT_EQ(none["/sums/money"], "[]");
}

TEST(Diff, TurnsPagesWithoutMovingWhileOthersWrite) {
    Api api;
    const std::uint64_t before = api.head();
    std::set<std::string> made;
    for (int i = 0; i < 5; ++i)
        made.insert(Api::id_in(api.draft()));
    std::string query = "/diff?limit=2&from=" + at(before);
    Answer page = api.get(query);
    EXPECT_EQ(page.count("/sums/money"), 0U);
    std::set<std::string> seen;
    for (int pages = 0; pages < 3; ++pages) {
        for (std::size_t i = 0; i < page.count("/items"); ++i)
            EXPECT_TRUE(seen.insert(page["/items/" + std::to_string(i) + "/id"]).second);
        api.draft(); // Behind the moment that is compared.
        if (pages < 2)
            page = api.get(query + "&cursor=" + page["/next"]);
        EXPECT_EQ(page["/to/revision"], std::to_string(before + 5));
    }
    EXPECT_EQ(seen, made);
    EXPECT_EQ(page["/next"], "null");
    EXPECT_TRUE(page.at("/sums").is_null()); // Of the first page only.
}

TEST(Diff, ComparesTwoCompaniesThingByThing) {
    Api api;
    api.draft();
    const std::string other =
        api.post("/api/v1/companies",
                 R"({"name":"Gifts","country":"GB","currency":"GBP","locale":"en-GB",
                     "time_zone":"Europe/London"})")["/id"];
    api.post("/api/v1/companies/" + other + "/clients", R"({"name":"Smith"})");
    const Told expected = {"changed company Gifts",
                           "removed client Dupont SA",
                           "removed invoice draft of 1252.75 EUR",
                           "removed series FA-{yyyy}-{n:6}",
                           "removed series AV-{yyyy}-{n:6}",
                           "added client Smith"};
    Told all;
    std::string cursor;
    int pages = 0;
    do {
        const Answer page =
            api.get("/diff?limit=2&with=" + other + (cursor.empty() ? "" : "&cursor=" + cursor));
        ASSERT_EQ(page.status, 200) << page.text;
        for (const std::string& line : told(page))
            all.insert(line);
        cursor = page["/next"];
    } while (cursor != "null" && ++pages < 10);
    for (const std::string& line : expected)
        EXPECT_TRUE(all.contains(line)) << line;
    EXPECT_EQ(std::ranges::count_if(
                  all, [](const std::string& line) { return line.find("company") < 12; }),
              1);
}

TEST(Diff, RefusesMomentsThatAreNone) {
    Api api;
    const std::uint64_t head = api.head();
    const std::string now = at(head);
    const std::vector<std::tuple<std::string, int, std::string>> cases = {
        {"/diff", 400, "bad_parameter"}, // A forgotten `from` is no empty answer.
        {"/diff?from=7", 400, "bad_parameter"},
        {"/diff?from=@x", 400, "bad_parameter"},
        {"/diff?from=" + at(head + 1), 422, "as_of_in_future"},
        {"/diff?from=" + now + "&to=" + at(head + 1), 422, "as_of_in_future"},
        {"/diff?from=2999-01-01T00:00:00Z", 422, "as_of_in_future"},
        {"/diff?from=@0", 404, "not_yet_created"},
        {"/diff?from=2001-01-01T00:00:00Z", 404, "not_yet_created"},
        {"/diff?from=" + now + "&limit=0", 400, "bad_parameter"},
        {"/diff?from=" + now + "&cursor=AAAA", 400, "bad_cursor"},
        {"/diff?with=7", 400, "bad_parameter"},
        {"/diff?with=00000000-0000-7000-8000-000000000001", 404, "not_found"},
        {"/diff?as_of=@1", 400, "bad_parameter"}, // That is where it ends.
        {"/clients/00000000-0000-7000-8000-000000000001/diff?from=" + now, 404, "not_found"},
    };
    for (const auto& [target, status, code] : cases) {
        const Answer no = api.get(target);
        EXPECT_EQ(no.status, status) << target << " " << no.text;
        EXPECT_EQ(no.code(), code) << target;
    }
    // Inside a commit means before it: the company came with its two series.
    EXPECT_EQ(api.get("/diff?from=@1").code(), "not_yet_created");
}

TEST(Diff, EndsAtTheMomentAskedFor) {
    Api api;
    const std::uint64_t before = api.head();
    api.draft();
    const std::uint64_t then = api.head();
    api.draft();
    const Answer diff = api.get("/diff?from=" + at(before) + "&as_of=" + at(then));
    ASSERT_EQ(diff.count("/items"), 1U) << diff.text;
    EXPECT_EQ(diff["/to/revision"], std::to_string(then));
    EXPECT_EQ(diff["/revision"], std::to_string(then));
    EXPECT_EQ(diff["/prev"], "null");
    EXPECT_TRUE(diff.headers.contains("Memento-Datetime"));
    EXPECT_EQ(api.get("/diff?from=" + at(before) + "&to=" + at(before) + "&as_of=" + at(then))
                  .count("/items"),
              0U);
    EXPECT_EQ(api.get("/diff?from=" + at(before) + "&as_of=@999").code(), "as_of_in_future");
}

} // namespace
} // namespace daybook::tests
