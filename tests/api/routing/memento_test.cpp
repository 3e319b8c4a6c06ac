// Past states by the web's own means (RFC 7089).
#include "api/routing/memento.h"

#include "tests/api/support/ledger_api.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

TEST(HttpDate, IsWrittenAndReadInOneForm) {
    const Timestamp at = ok(parse_timestamp("1994-11-06T08:49:37Z"));
    EXPECT_EQ(api::to_http_date(at), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(api::to_http_date({at.micros + 999'999}), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(api::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), at);
    EXPECT_EQ(api::to_http_date(ok(parse_timestamp("1969-12-31T23:59:59Z"))),
              "Wed, 31 Dec 1969 23:59:59 GMT");
    for (const char* other :
         {"", "Mon, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
          "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 UTC",
          "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 6 Nov 1994 08:49:37 GMT ", "1994-11-06T08:49:37Z"})
        EXPECT_EQ(api::parse_http_date(other), std::nullopt) << other;
}

// The ledger records at 10^3 µs for each revision from this second on.
constexpr const char* kSecond = "Mon, 02 Feb 2026 02:40:00 GMT";
constexpr const char* kSecondBefore = "Mon, 02 Feb 2026 02:39:59 GMT";

TEST(Memento, SaysWhenItWasAndWhereTheOriginalIs) {
    LedgerApi api;
    api.commit({company_created()});
    api.commit({client_created("Dupont")});
    api.commit({client_changed("Durand")});
    const std::string client = "/clients/" + to_text(kClient);
    const std::string path = "/api/v1/companies/" + to_text(kCompany) + client;

    const Answer now = api.get(client);
    EXPECT_FALSE(now.headers.contains("Memento-Datetime"));
    EXPECT_EQ(now.headers.at("Vary"), "Accept-Datetime");

    const Answer then = api.get(client + "?as_of=@2");
    EXPECT_EQ(then["/name"], "Dupont");
    EXPECT_EQ(then.headers.at("Memento-Datetime"), kSecond);
    EXPECT_EQ(then.headers.at("Link"), "<" + path + ">; rel=\"original timegate\"");
    EXPECT_FALSE(then.headers.contains("Content-Location"));

    const Answer list = api.get("/clients?as_of=@2&status=live");
    EXPECT_EQ(list.headers.at("Link"), "</api/v1/companies/" + to_text(kCompany)
                                           + "/clients?status=live>; rel=\"original timegate\"");
}

TEST(Memento, IsFoundByAcceptDatetime) {
    LedgerApi api;
    api.commit({company_created()});
    api.commit({client_created("Dupont")});
    const std::string client = "/clients/" + to_text(kClient);
    const auto asked = [&](const std::string& target, const std::string& date) {
        return api.get(target, {{"accept-datetime", date}});
    };
    // The whole second belongs to it: what an answer named is found again by that name.
    const Answer found = asked(client, kSecond);
    EXPECT_EQ(found.status, 200) << found.text;
    EXPECT_EQ(found.headers.at("Memento-Datetime"), kSecond);
    EXPECT_TRUE(found.headers.at("Content-Location").ends_with(client + "?as_of=%402"));
    EXPECT_EQ(asked(client, kSecondBefore).code(), "not_yet_created");
    // A date to come means the newest there is; one that is none is refused.
    EXPECT_EQ(asked(client, "Fri, 01 Jan 2100 00:00:00 GMT").status, 200);
    EXPECT_EQ(asked(client, "yesterday").code(), "bad_request");
    // as_of names one memento, whatever else is accepted.
    EXPECT_EQ(asked(client + "?as_of=@2", kSecondBefore).status, 200);
}

} // namespace
} // namespace daybook::tests
