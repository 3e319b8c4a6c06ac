// Lists: each filter, pages that stand still while others write, and the forms for spreadsheets
// and programs.
#include "tests/api/support/api_harness.h"

#include <set>

namespace daybook::tests {
namespace {

std::string article(const std::string& price) {
    return R"([{"description":"x","quantity":"1","unit_price":")" + price + R"("}])";
}

std::vector<std::string> totals(const Answer& list) {
    std::vector<std::string> found;
    for (std::size_t i = 0; i < list.count("/items"); ++i)
        found.push_back(list["/items/" + std::to_string(i) + "/total"]);
    return found;
}
using Totals = std::vector<std::string>;

TEST(Lists, FilterInvoices) {
    Api api;
    const std::string other = api.post("/clients", R"({"name":"Martin SA"})")["/id"];
    api.post("/invoices",
             R"({"client_id":")" + other + R"(","lines":)" + article("1") + "}"); // A draft.
    const std::string two = api.draft(article("2"), R"("due_on":")" + api.today(-1) + R"(")");
    const Answer late = api.act(two, "issue", R"({"issued_on":")" + api.today(-5) + R"("})");
    ASSERT_EQ(late.status, 200) << late.text;
    api.issued(article("3"), R"("reference":"Dépôt")");
    api.payment("3", R"("allocations":[{"invoice_id":")"
                         + api.get("/invoices?q=depot")["/items/0/id"] + R"(","amount":"3"}])");

    const std::string then = api.today(-5);
    const std::vector<std::pair<std::string, Totals>> cases = {
        {"", {"1.00", "2.00", "3.00"}},
        {"status=draft", {"1.00"}},
        {"status=issued,paid", {"2.00", "3.00"}},
        {"client_id=" + other, {"1.00"}},
        {"client_id=" + api.client(), {"2.00", "3.00"}},
        {"issued_on=" + then, {"2.00"}},
        {"issued_on[gt]=" + then, {"3.00"}},
        {"issued_on[gte]=" + then + "&issued_on[lt]=" + api.today(), {"2.00"}},
        {"issued_on[gt]=" + then + "&issued_on[lt]=" + then, {}},
        {"due_on[lte]=" + api.today(), {"2.00"}},
        {"due_on[gt]=" + api.today(), {"3.00"}},
        {"overdue=true", {"2.00"}},
        {"number=" + late["/number"], {"2.00"}},
        {"q=DEPOT", {"3.00"}},
        {"q=dupont", {"2.00", "3.00"}},
        {"sort=-created_at", {"3.00", "2.00", "1.00"}},
        {"sort=-issued_on&status=issued,paid", {"3.00", "2.00"}},
        {"sort=-number", {"3.00", "2.00", "1.00"}}, // A draft has none: it comes last.
    };
    for (const auto& [query, expected] : cases) {
        const Answer list = api.get("/invoices?" + query);
        ASSERT_EQ(list.status, 200) << query << " " << list.text;
        EXPECT_EQ(totals(list), expected) << query;
    }
    const Answer counted = api.get("/invoices?count=true&sums=true&limit=1&status=issued,paid");
    EXPECT_EQ(counted["/total"], "2");
    EXPECT_EQ(counted["/sums/0/total"], "5.00");
    EXPECT_EQ(counted["/sums/0/due"], "2.00");
    EXPECT_EQ(api.get("/payments?received_on=" + api.today()).count("/items"), 1u);
    EXPECT_EQ(api.get("/payments?received_on[lt]=" + api.today()).count("/items"), 0u);
    EXPECT_EQ(api.get("/payments?status=allocated").count("/items"), 1u);
}

TEST(Lists, RefuseWhatTheyCannotMean) {
    Api api;
    for (const char* query :
         {"limit=0", "limit=501", "limit=ten", "limit=1&limit=2", "sort=colour", "sort=number,",
          "sort=number,-number", "sort=created_at,issued_on,due_on,number", "count=yes",
          "status=lost", "client_id=7", "issued_on=yesterday", "overdue=maybe"}) {
        const Answer no = api.get(std::string("/invoices?") + query);
        EXPECT_EQ(no.status, 400) << query;
        EXPECT_EQ(no.code(), "bad_parameter") << query;
    }
    EXPECT_EQ(api.get("/invoices?colour=red").code(), "unknown_parameter");
    EXPECT_EQ(api.get("/payments?overdue=true").code(), "unknown_parameter");
    EXPECT_EQ(api.get("/invoices", {{"accept", "image/png"}}).status, 406);
    EXPECT_EQ(api.get("/invoices?limit=500").status, 200);
}

TEST(Lists, TurnTheirPagesWhileOthersWrite) {
    Api api;
    for (int i = 1; i <= 5; ++i)
        api.draft(article(std::to_string(i)));
    const Answer first = api.get("/invoices?limit=2&sort=-created_at");
    EXPECT_EQ(totals(first), (Totals{"5.00", "4.00"}));
    EXPECT_EQ(first["/prev"], "null");

    api.draft(article("6"));
    api.patch("/invoices/" + first["/items/1/id"], R"({"lines":[]})");
    const auto page = [&](const std::string& cursor) {
        return api.get("/invoices?limit=2&sort=-created_at&cursor=" + cursor);
    };
    const Answer second = page(first["/next"]);
    EXPECT_EQ(totals(second), (Totals{"3.00", "2.00"}));
    EXPECT_EQ(second["/revision"], first["/revision"]);
    const Answer third = page(second["/next"]);
    EXPECT_EQ(totals(third), (Totals{"1.00"}));
    EXPECT_EQ(third["/next"], "null");
    const Answer back = page(second["/prev"]);
    EXPECT_EQ(totals(back), (Totals{"5.00", "4.00"})); // As they were.
}

TEST(Lists, SortEqualsByTheNextKey) {
    Api api;
    const auto issued = [&](const char* price, int day) {
        const Answer invoice = api.act(api.draft(article(price)), "issue",
                                       R"({"issued_on":")" + api.today(day) + R"("})");
        EXPECT_EQ(invoice.status, 200) << invoice.text;
    };
    issued("1", -2);
    issued("2", -2);
    issued("3", -1);
    issued("4", -1);
    EXPECT_EQ(totals(api.get("/invoices?sort=-issued_on,number")),
              (Totals{"3.00", "4.00", "1.00", "2.00"}));
    EXPECT_EQ(totals(api.get("/invoices?sort=issued_on,-number")),
              (Totals{"2.00", "1.00", "4.00", "3.00"}));

    const Answer first = api.get("/invoices?limit=3&sort=-issued_on,number");
    const Answer second =
        api.get("/invoices?limit=3&sort=-issued_on,number&cursor=" + first["/next"]);
    EXPECT_EQ(totals(first), (Totals{"3.00", "4.00", "1.00"}));
    EXPECT_EQ(totals(second), (Totals{"2.00"}));
    EXPECT_EQ(api.get("/invoices?limit=3&sort=-issued_on&cursor=" + first["/next"]).code(),
              "bad_cursor");

    const Answer csv = api.get("/invoices?sort=-issued_on,number", {{"accept", "text/csv"}});
    const auto at = [&](const char* total) { return csv.text.find(std::string(",") + total); };
    EXPECT_TRUE(at("3.00") < at("4.00") && at("4.00") < at("1.00") && at("1.00") < at("2.00"))
        << csv.text;
}

TEST(Lists, KnowTheirOwnCursors) {
    Api api;
    for (int i = 0; i < 2; ++i)
        api.draft(article("1"));
    const std::string next = api.get("/invoices?limit=1&status=draft")["/next"];
    EXPECT_EQ(api.get("/invoices?limit=7&status=draft&cursor=" + next).status, 200);
    for (const std::string& query :
         {"/invoices?cursor=" + next, "/invoices?status=draft&as_of=@3&cursor=" + next,
          "/credit-notes?cursor=" + next, std::string("/invoices?cursor=AAAA"),
          std::string("/invoices?cursor="), "/invoices?status=draft&cursor=" + next + "="}) {
        const Answer no = api.get(query);
        EXPECT_EQ(no.status, 400) << query;
        EXPECT_EQ(no.code(), "bad_cursor") << query;
    }
}

TEST(Lists, AreShownAsOfAMoment) {
    Api api;
    api.draft(article("1"));
    const std::uint64_t then = api.head();
    api.draft(article("2"));
    EXPECT_EQ(totals(api.get("/invoices?as_of=@" + std::to_string(then))), (Totals{"1.00"}));
}

TEST(Lists, AreWrittenForSpreadsheetsWithoutFormulas) {
    Api api;
    api.draft(article("-12.5"), R"("reference":"=cmd|' /C calc'!A0")");
    api.draft(article("1234.5"), R"("reference":"a;b \"c\"")");
    const Answer csv =
        api.get("/invoices?separator=;&decimal=,&bom=true", {{"accept", "text/csv"}});
    EXPECT_EQ(csv.status, 200);
    EXPECT_EQ(csv.headers.at("Content-Type"), "text/csv; charset=utf-8; header=present");
    EXPECT_TRUE(csv.text.starts_with("\xEF\xBB\xBFid;number;status;")) << csv.text;
    EXPECT_NE(csv.text.find(";'=cmd|' /C calc'!A0;EUR;-12,50;"), std::string::npos) << csv.text;
    EXPECT_NE(csv.text.find(R"(;"a;b ""c""";EUR;1234,50;)"), std::string::npos) << csv.text;
    EXPECT_EQ(std::ranges::count(csv.text, '\n'), 3);
    EXPECT_TRUE(csv.text.ends_with("\r\n"));
    EXPECT_EQ(api.get("/invoices?decimal=x", {{"accept", "text/csv"}}).code(), "bad_parameter");
}

TEST(Lists, AsFilesHoldEverythingUnlessALimitIsGiven) {
    Api api;
    for (int i = 0; i < 60; ++i)
        api.payment("1");
    const Answer all = api.get("/payments", {{"accept", "application/x-ndjson"}});
    EXPECT_EQ(std::ranges::count(all.text, '\n'), 60);
    EXPECT_EQ(all.headers.at("Daybook-Revision"), std::to_string(api.head()));
    const Answer some =
        api.get("/payments?limit=7&q=transfer", {{"accept", "application/x-ndjson"}});
    EXPECT_EQ(std::ranges::count(some.text, '\n'), 7);
    const std::string& link = some.headers.at("Link");
    EXPECT_TRUE(link.ends_with("&limit=7&q=transfer>; rel=\"next\"")) << link;
    const Answer next = api.get("/payments" + link.substr(1, link.find('>') - 1),
                                {{"accept", "application/x-ndjson"}});
    EXPECT_EQ(std::ranges::count(next.text, '\n'), 7);
    EXPECT_NE(next.text, some.text);
}

TEST(Lists, OfSettingsAreListsLikeAnyOther) {
    Api api;
    for (const char* rate : {"5.5", "20"}) {
        const Answer made = api.post(
            "/tax-rates", R"({"tax":{"scheme":"VAT","category":"S","rate":")" + std::string(rate)
                              + R"(","name":"TVA à )" + rate + R"( %"}})");
        EXPECT_EQ(made.status, 201) << made.text;
    }
    EXPECT_EQ(api.post("/money-accounts", R"({"name":"Caisse","kind":"cash"})").status, 201);
    EXPECT_EQ(api.post("/terms", R"({"name":"Fin de mois","terms":{"days":30}})").status, 201);

    const Answer first = api.get("/tax-rates?limit=1&count=true&sort=-created_at");
    EXPECT_EQ(first["/total"], "2") << first.text;
    EXPECT_EQ(first["/items/0/tax/rate"], "20");
    const Answer second = api.get("/tax-rates?limit=1&sort=-created_at&cursor=" + first["/next"]);
    EXPECT_EQ(second["/items/0/tax/rate"], "5.5") << second.text;
    EXPECT_EQ(second["/next"], "null");
    EXPECT_NE(second["/prev"], "null");

    const std::pair<const char*, std::size_t> found[] = {
        {"/tax-rates?q=tva a 20", 1},
        {"/tax-rates?status=retired", 0},
        {"/money-accounts?q=CAISSE", 1},
        {"/money-accounts?q=banque", 0},
        {"/terms?q=mois", 1},
        {"/series?q=FA-", 1},
        {"/series?status=live&limit=1", 1},
        {"/locks?limit=1", 0},
    };
    for (const auto& [query, count] : found) {
        std::string target = query;
        for (std::size_t at = 0; (at = target.find(' ')) != std::string::npos;)
            target.replace(at, 1, "%20");
        EXPECT_EQ(api.get(target).count("/items"), count) << query;
    }
    const Answer csv = api.get("/tax-rates?separator=;&decimal=,", {{"accept", "text/csv"}});
    EXPECT_NE(csv.text.find(";VAT;S;5,5;TVA à 5.5 %;"), std::string::npos) << csv.text;
    for (const char* list : {"/series", "/tax-rates", "/terms", "/money-accounts", "/locks",
                             "/receivables", "/api/v1/companies"}) {
        EXPECT_EQ(api.get(list, {{"accept", "image/png"}}).status, 406) << list;
        EXPECT_EQ(api.get(list, {{"accept", "text/csv"}}).status, 200) << list;
        EXPECT_EQ(api.get(std::string(list) + "?limit=501").code(), "bad_parameter") << list;
        EXPECT_EQ(api.get(std::string(list) + "?cursor=AAAA").code(), "bad_cursor") << list;
    }
}

TEST(Lists, ThatAreAtHandComeInPagesToo) {
    Api api;
    for (const char* name : {"Two", "Three", "Four"})
        EXPECT_EQ(api.post("/api/v1/companies",
                           std::string(R"({"country":"FR","currency":"EUR","locale":"fr-FR",
                               "time_zone":"Europe/Paris","name":")")
                               + name + R"("})")
                      .status,
                  201);
    const auto page = [&](const std::string& cursor) {
        return api.get("/api/v1/companies?limit=2&count=true"
                       + (cursor.empty() ? "" : "&cursor=" + cursor));
    };
    const Answer first = page("");
    EXPECT_EQ(first.count("/items"), 2U) << first.text;
    EXPECT_EQ(first["/total"], "4");
    EXPECT_EQ(first["/prev"], "null");
    const Answer second = page(first["/next"]);
    EXPECT_EQ(second["/items/1/name"], "Four");
    EXPECT_EQ(second["/next"], "null");
    EXPECT_EQ(page(second["/prev"])["/items/0/id"], first["/items/0/id"]);
    const Answer lines = api.get("/api/v1/companies?limit=3", {{"accept", "application/x-ndjson"}});
    EXPECT_EQ(std::ranges::count(lines.text, '\n'), 3);
    EXPECT_TRUE(lines.headers.at("Link").ends_with("&limit=3>; rel=\"next\""));

    api.issued(article("7"));
    const Answer owed = api.get("/receivables?limit=1&count=true");
    EXPECT_EQ(owed["/total"], "1") << owed.text;
    EXPECT_EQ(owed["/items/0/due"], "7.00");
    EXPECT_EQ(owed["/next"], "null");
}

TEST(Lists, SumOnlyWhatHasAmounts) {
    Api api;
    EXPECT_EQ(api.post("/products", R"({"code":"A","name":"A","unit_price":"1"})").status, 201);
    for (const char* list : {"/products", "/clients", "/series"}) {
        const Answer summed = api.get(std::string(list) + "?sums=true");
        EXPECT_GT(summed.count("/items"), 0U) << summed.text;
        EXPECT_EQ(summed["/sums"], "[]") << list;
    }
}

TEST(Lists, SayWhatGoesWithACursor) {
    Api api;
    for (int i = 0; i < 2; ++i)
        api.draft(article("1"));
    const Answer first = api.get("/invoices?limit=1&sort=-created_at");
    const Answer no = api.get("/invoices?cursor=" + first["/next"]);
    EXPECT_EQ(no.code(), "bad_cursor");
    EXPECT_NE(no["/detail"].find("repeat them (filters, q, sort, as_of"), std::string::npos);
}

} // namespace
} // namespace daybook::tests
