// What the routes of invoices refuse, and what they keep.
#include "tests/api/support/api_harness.h"

namespace daybook::tests {
namespace {

std::string body_with(const Api& api, const std::string& members) {
    return R"({"client_id":")" + api.client() + R"(",)" + members + "}";
}

std::string lines(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text +=
            std::string(i ? "," : "") + R"({"description":"x","quantity":"1","unit_price":"0.01"})";
    return "[" + text + "]";
}

TEST(Invoices, NameEveryFaultyMemberAtOnce) {
    Api api;
    const Answer no =
        api.post("/invoices", body_with(api, R"("colour":"red","due_on":"tomorrow","lines":[
            {"description":"a","quantity":3,"unit_price":"1.0000001"},
            {"quantity":"1","unit_price":"abc","tax":"20"}])"));
    EXPECT_EQ(no.status, 422);
    EXPECT_EQ(no.code(), "invalid_input");
    for (const char* fault :
         {"/colour unknown_member", "/due_on bad_date", "/lines/0/quantity money_must_be_string",
          "/lines/0/unit_price too_many_decimals", "/lines/1/description missing_member",
          "/lines/1/unit_price not_a_decimal", "/lines/1/tax unknown_member"})
        EXPECT_NE(no.faults().find(fault), std::string::npos) << fault << "\n" << no.faults();
}

TEST(Invoices, CallAProblemByItsOnlyFault) {
    Api api;
    const auto code_of = [&](const std::string& members) {
        return api.post("/invoices", body_with(api, members)).code();
    };
    EXPECT_EQ(code_of(R"("colour":"red","lines":[])"), "unknown_member");
    EXPECT_EQ(code_of(R"("lines":[{"description":"a","quantity":"1","unit_price":2}])"),
              "money_must_be_string");
    EXPECT_EQ(code_of(R"("reference":"no lines")"), "missing_member");
    EXPECT_EQ(code_of(R"("lines":[],"discount":{"percent":"1","amount":"2"})"), "invalid_input");
    EXPECT_EQ(code_of(R"("lines":[{"id":"00000000-0000-7000-8000-000000000001",
                        "description":"a","quantity":"1","unit_price":"2"}])"),
              "unknown_line");
}

TEST(Invoices, RefuseABodyThatIsNoJsonBeforeReadingIt) {
    Api api;
    EXPECT_EQ(api.post("/invoices", "{").status, 400);
    EXPECT_EQ(api.post("/invoices", "{").code(), "malformed_json");
    EXPECT_EQ(api.post("/invoices", R"({"lines":[],"lines":[]})").code(), "duplicate_member");
    EXPECT_EQ(api.post("/invoices", "a=b", {{"content-type", "text/plain"}}).status, 415);
    EXPECT_EQ(api.post("/invoices?as_of=@1", "{}").code(), "unknown_parameter");
}

TEST(Invoices, HoldTwoThousandLinesAndNotOneMore) {
    Api api;
    const std::string invoice = api.draft(lines(2'000));
    EXPECT_EQ(api.get(invoice)["/total"], "20.00");
    EXPECT_EQ(api.act(invoice, "issue").status, 200);
    const Answer no = api.post("/invoices", body_with(api, R"("lines":)" + lines(2'001)));
    EXPECT_EQ(no.status, 422);
    EXPECT_EQ(no.code(), "too_many_lines");
}

TEST(Invoices, KeepTheIdsOfLinesThatAPatchWritesAgain) {
    Api api;
    const std::string invoice = api.draft();
    const std::string kept = api.get(invoice)["/lines/1/id"];
    const Answer shown =
        api.patch(invoice, R"({"lines":[{"description":"New","quantity":"2","unit_price":"5"},
                              {"id":")"
                               + kept + R"(","description":"Livre","quantity":"1",
                               "unit_price":"40"}]})");
    ASSERT_EQ(shown.status, 200) << shown.text;
    EXPECT_EQ(shown["/lines/1/id"], kept);
    EXPECT_NE(shown["/lines/0/id"], kept);
    EXPECT_EQ(shown["/net"], "50.00");
    EXPECT_EQ(shown["/lines/1/position"], "2");
}

TEST(Invoices, WriteNothingForAPatchThatChangesNothing) {
    Api api;
    const std::string invoice = api.draft(Api::kFrenchWalk, R"("private_notes":"call first",
                                          "discount":{"percent":"10","reason":"friends"})");
    const std::uint64_t head = api.head();
    for (const char* patch : {"{}", R"({"private_notes":"call first"})",
                              R"({"discount":{"percent":"10"}})", R"({"notes":null})"}) {
        const Answer shown = api.patch(invoice, patch);
        EXPECT_EQ(shown.status, 200) << shown.text;
        EXPECT_EQ(shown["/version"], "1") << patch;
        EXPECT_EQ(shown["/private_notes"], "call first");
    }
    EXPECT_EQ(api.head(), head);
}

TEST(Invoices, ShowPrivateNotesInListsTooButInNoSpreadsheetAndDropThemWhenTold) {
    Api api;
    const std::string invoice = api.draft(Api::kFrenchWalk, R"("private_notes":"call first")");
    EXPECT_EQ(api.get(invoice)["/private_notes"], "call first");
    EXPECT_EQ(api.get("/invoices")["/items/0/private_notes"], "call first");
    const Answer sheet = api.get("/invoices", {{"accept", "text/csv"}});
    EXPECT_EQ(sheet.text.find("call first"), std::string::npos);
    const Answer dropped = api.patch(invoice, R"({"private_notes":null})");
    EXPECT_EQ(dropped["/private_notes"], "null");
    EXPECT_EQ(dropped["/version"], "2");
}

TEST(Invoices, AskForIfMatchAndCompareIt) {
    Api api;
    const std::string invoice = api.draft();
    Answer no = api.call("PATCH", invoice, R"({"notes":"x"})");
    EXPECT_EQ(no.status, 428);
    EXPECT_EQ(no.code(), "if_match_required");
    EXPECT_EQ(api.post(invoice + "/issue", "{}").status, 428);
    EXPECT_EQ(api.post(invoice + "/issue", R"({"colour":"red"})").status, 428);
    EXPECT_EQ(api.call("PATCH", invoice, "{").status, 428);
    no = api.post(invoice + "/issue", "{}", {{"if-match", R"("v7-r1")"}});
    EXPECT_EQ(no.status, 412);
    EXPECT_EQ(no.code(), "stale_version");
    EXPECT_EQ(no["/current_version"], "1");
    EXPECT_EQ(api.post(invoice + "/issue", "{}", {{"if-match", "v1"}}).status, 400);
    EXPECT_EQ(api.post(invoice + "/issue", "{}", {{"if-match", R"("v1")"}}).status, 200);
}

TEST(Invoices, AndOtherThingsThatNeverWereAreNotStale) {
    Api api;
    const std::string nobody = "/00000000-0000-7000-8000-000000000001/";
    const std::vector<std::pair<std::string, std::string>> verbs = {
        {"/invoices" + nobody + "issue", "{}"},
        {"/invoices" + nobody + "credit", R"({"all":true,"kind":"other","reason":"x"})"},
        {"/payments" + nobody + "reverse", R"({"cause":"mistake","reason":"x"})"},
        {"/clients" + nobody + "archive", "{}"}};
    for (const auto& [verb, body] : verbs) {
        const Answer no = api.post(verb, body, {{"if-match", R"("v1")"}});
        EXPECT_EQ(no.status, 404) << verb << no.text;
        EXPECT_EQ(no.code(), "not_found") << verb;
    }
}

TEST(Invoices, AnswerNotModifiedToWhoHasThem) {
    Api api;
    const std::string invoice = api.draft();
    const std::string tag = api.get(invoice).etag();
    const Answer same = api.get(invoice, {{"if-none-match", tag}});
    EXPECT_EQ(same.status, 304);
    EXPECT_EQ(same.text, "");
    api.patch(invoice, R"({"notes":"x"})");
    EXPECT_EQ(api.get(invoice, {{"if-none-match", tag}}).status, 200);
}

TEST(Invoices, AreNotFoundByIdsThatNameNothing) {
    Api api;
    const std::string nobody = "/invoices/00000000-0000-7000-8000-00000000ffff";
    const Api::Headers seen{{"if-match", R"("v1")"}};
    EXPECT_EQ(api.get(nobody).status, 404);
    EXPECT_EQ(api.get("/invoices/seven").code(), "not_found");
    EXPECT_EQ(api.call("PATCH", nobody, "{}", seen).code(), "not_found");
    for (const char* verb : {"issue", "void", "annotate", "write-off", "credit"})
        EXPECT_EQ(api.post(nobody + "/" + verb, "{}", seen).code(), "not_found") << verb;
    EXPECT_EQ(api.call("DELETE", nobody).status, 405);
}

TEST(Invoices, SayWhatIsMissingBeforeTheyAreIssued) {
    Api api;
    const Answer empty = api.post("/invoices", R"({"lines":[]})");
    EXPECT_EQ(empty["/actions/issue/why"], "nothing_to_issue");
    EXPECT_EQ(empty["/actions/issue/missing/0/pointer"], "/lines");
    const Answer nobody =
        api.post("/invoices", std::string(R"({"lines":)") + Api::kFrenchWalk + "}");
    EXPECT_EQ(nobody["/actions/issue/why"], "client_required");
    EXPECT_EQ(nobody["/client"], "null");
    const Answer no = api.act("/invoices/" + nobody["/id"], "issue");
    EXPECT_EQ(no.status, 422);
    EXPECT_EQ(no.code(), "client_required");
}

TEST(Invoices, RefuseByNameWhatTheBusinessForbids) {
    Api api;
    const std::string draft = api.draft();
    const std::string issued = api.issued();
    const auto code = [&](const std::string& thing, const std::string& verb,
                          const std::string& body) { return api.act(thing, verb, body).code(); };
    EXPECT_EQ(api.patch(issued, R"({"notes":"x"})").code(), "invoice_not_draft");
    EXPECT_EQ(api.patch(issued, R"({"notes":"x"})").status, 409);
    EXPECT_EQ(code(issued, "void", "{}"), "invoice_not_draft");
    EXPECT_EQ(code(draft, "issue", R"({"issued_on":")" + api.today(1) + R"("})"),
              "issued_in_future");
    EXPECT_EQ(code(draft, "issue", R"({"issued_on":")" + api.today(-9) + R"("})"),
              "issued_before_last");
    EXPECT_EQ(code(draft, "issue", R"({"issued_on":"31.3.2026"})"), "bad_date");
    EXPECT_EQ(code(draft, "credit", R"({"all":true,"kind":"other","reason":"x"})"),
              "invoice_is_draft");
    EXPECT_EQ(code(issued, "credit", R"({"all":true,"kind":"other"})"), "reason_required");
    EXPECT_EQ(code(issued, "credit", R"({"all":true,"kind":"gift","reason":"x"})"),
              "unknown_value");
    EXPECT_EQ(code(issued, "write-off", R"({"amount":"2000","cause":"goodwill","reason":"x"})"),
              "amount_exceeds_due");
    EXPECT_EQ(code(issued, "write-off", R"({"amount":1,"cause":"goodwill","reason":"x"})"),
              "money_must_be_string");
}

TEST(Invoices, AreAnnotatedAtAnyTime) {
    Api api;
    const std::string invoice = api.issued();
    Answer shown =
        api.act(invoice, "annotate", R"({"tags":["late","vip"],"private_note":"rings"})");
    ASSERT_EQ(shown.status, 200) << shown.text;
    EXPECT_EQ(shown["/tags/1"], "vip");
    EXPECT_EQ(shown["/private_notes"], "rings");
    shown = api.act(invoice, "annotate", R"({"tags":["late"]})");
    EXPECT_EQ(shown["/private_notes"], "rings"); // What is left out stays.
    shown = api.act(invoice, "annotate", R"({"private_note":null})");
    EXPECT_EQ(shown["/private_notes"], "null");
    EXPECT_EQ(shown["/tags/0"], "late");
}

TEST(Invoices, ArePreviewedWithoutATrace) {
    Api api;
    const std::string invoice = api.draft();
    const std::uint64_t head = api.head();
    const Answer preview = api.act(invoice, "issue?validate_only=true");
    ASSERT_EQ(preview.status, 200) << preview.text;
    EXPECT_EQ(preview["/number_preview"], "FA-" + api.today().substr(0, 4) + "-000001");
    EXPECT_EQ(preview["/result/status"], "issued");
    EXPECT_EQ(preview["/events/0/type"], "InvoiceIssued");
    EXPECT_EQ(preview["/diff/0/change"], "changed");
    const Answer made = api.post("/invoices?validate_only=true",
                                 body_with(api, R"("private_notes":"psst","lines":[])"));
    EXPECT_EQ(made.status, 200);
    EXPECT_EQ(made["/result/private_notes"], "psst");
    EXPECT_EQ(api.head(), head);
    EXPECT_EQ(api.get(invoice)["/status"], "draft");
    EXPECT_EQ(api.get("/invoices").count("/items"), 1u);
}

TEST(Invoices, AnswerARepeatedKeyAsTheFirstTimeThoughIfMatchWouldFail) {
    Api api;
    const std::string invoice = api.issued();
    const Api::Headers once{{"if-match", api.get(invoice).etag()}, {"idempotency-key", "k1"}};
    const std::string credit = R"({"all":true,"kind":"cancellation","reason":"withdrawn"})";
    const Answer first = api.post(invoice + "/credit", credit, once);
    ASSERT_EQ(first.status, 201) << first.text;
    api.act(invoice, "annotate", R"({"tags":["x"]})"); // The version is another one now.
    const Answer again = api.post(invoice + "/credit", credit, once);
    EXPECT_EQ(again.status, 201) << again.text;
    EXPECT_EQ(again.headers.at("Idempotency-Replayed"), "true");
    EXPECT_EQ(again["/id"], first["/id"]);
    EXPECT_EQ(again.headers.at("Location"), first.headers.at("Location"));
    EXPECT_EQ(api.get("/credit-notes").count("/items"), 1u);
    const Answer other = api.post(invoice + "/credit", R"({"all":true})", once);
    EXPECT_EQ(other.status, 422);
}

} // namespace
} // namespace daybook::tests
