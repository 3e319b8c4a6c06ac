// Proofs over HTTP: which book and which sizes they may be about, and what is said of others.
#include "tests/api/support/ledger_api.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

// Commits that end at 1, 2, 4 and 5.
struct ProvenBooks {
    LedgerApi api;

    ProvenBooks() {
        api.commit({company_created()});
        api.commit({client_created("Dupont")});
        api.commit({client_changed("Durand"), client_created("Martin", kOtherClient)});
        api.commit({client_changed("Petit")});
    }
};

TEST(Proofs, SayTheRootOfTheCheckpoint) {
    ProvenBooks books;
    const Answer checkpoint = books.api.get("/checkpoint");
    EXPECT_EQ(checkpoint.status, 200) << checkpoint.text;
    EXPECT_EQ(checkpoint["/size"], "5");
    const Answer inclusion = books.api.get("/proofs/inclusion?revision=3");
    EXPECT_EQ(inclusion["/index"], "2");
    EXPECT_EQ(inclusion["/size"], "5");
    EXPECT_EQ(inclusion["/root"], checkpoint["/root"]);
    EXPECT_EQ(inclusion.count("/path"), 3U);
    const Answer consistency = books.api.get("/proofs/consistency?from=2");
    EXPECT_EQ(consistency["/to"], "5");
    EXPECT_EQ(consistency["/to_root"], checkpoint["/root"]);
    EXPECT_EQ(consistency["/from_root"],
              books.api.get("/proofs/inclusion?revision=1&size=2")["/root"]);

    const Answer text = books.api.get("/checkpoint", {{"accept", "text/plain"}});
    EXPECT_TRUE(text.text.starts_with("daybook/" + to_text(uuid(501)) + "/1\n5\n")) << text.text;
}

TEST(Proofs, AreOfTheMomentAskedFor) {
    ProvenBooks books;
    const Answer then = books.api.get("/checkpoint?as_of=@3"); // Inside a commit: the one before.
    EXPECT_EQ(then["/size"], "2") << then.text;
    EXPECT_EQ(then.headers.at("Daybook-Revision"), "2");
    EXPECT_EQ(then["/root"], books.api.get("/proofs/consistency?from=2")["/from_root"]);
    EXPECT_EQ(books.api.get("/checkpoint")["/size"], "5");
    EXPECT_EQ(books.api.get("/proofs/inclusion?revision=1&as_of=@4")["/size"], "4");
    EXPECT_EQ(books.api.get("/proofs/consistency?from=1&as_of=@4")["/to"], "4");
    EXPECT_EQ(books.api.get("/proofs/inclusion?revision=1&size=5&as_of=@4").code(),
              "as_of_in_future");
    EXPECT_EQ(books.api.get("/proofs/inclusion?revision=5&as_of=@4").code(), "bad_parameter");
    EXPECT_EQ(books.api.get("/checkpoint?as_of=@9").code(), "as_of_in_future");
}

TEST(Proofs, AreRefusedWhereTheyWouldMeanNothing) {
    ProvenBooks books;
    const std::pair<const char*, const char*> cases[] = {
        {"/proofs/inclusion", "bad_parameter"},
        {"/proofs/inclusion?revision=0", "bad_parameter"},
        {"/proofs/inclusion?revision=6", "bad_parameter"},
        {"/proofs/inclusion?revision=one", "bad_parameter"},
        {"/proofs/inclusion?revision=1&size=3", "inside_commit"},
        {"/proofs/inclusion?revision=1&size=6", "as_of_in_future"},
        {"/proofs/inclusion?revision=4&size=2", "bad_parameter"},
        {"/proofs/inclusion?revision=1&epoch=2", "not_found"},
        {"/proofs/consistency", "bad_parameter"},
        {"/proofs/consistency?from=3", "inside_commit"},
        {"/proofs/consistency?from=4&to=2", "bad_parameter"},
        {"/proofs/consistency?from=2&to=9", "as_of_in_future"},
        {"/checkpoints?limit=501", "bad_parameter"},
        {"/checkpoint?epoch=7", "not_found"},
    };
    for (const auto& [target, code] : cases)
        EXPECT_EQ(books.api.get(target).code(), code) << target;
}

} // namespace
} // namespace daybook::tests
