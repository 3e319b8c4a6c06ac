// The ordinary life of an invoice, told once from beginning to end, with each amount that a reader
// would look at on the way.
#include "tests/api/support/api_harness.h"

namespace daybook::tests {
namespace {

TEST(InvoiceLife, LeadsFromDraftOverPartPaymentCreditAndRefundToReversal) {
    Api api;
    const std::string invoice = api.draft();
    Answer shown = api.get(invoice);
    EXPECT_EQ(shown["/status"], "draft");
    EXPECT_EQ(shown["/number"], "null");
    EXPECT_EQ(shown["/client/name"], "Dupont SA");
    EXPECT_EQ(shown["/net"], "1050.00");
    EXPECT_EQ(shown["/tax"], "202.75");
    EXPECT_EQ(shown["/total"], "1252.75");
    EXPECT_EQ(shown["/due"], "0.00"); // Nobody owes a draft.
    EXPECT_EQ(shown["/actions/issue/allowed"], "true");
    EXPECT_EQ(shown["/actions/credit/why"], "invoice_is_draft");

    shown = api.patch(invoice, R"({"reference":"PO 7","discount":{"amount":"10.00"}})");
    ASSERT_EQ(shown.status, 200) << shown.text;
    EXPECT_EQ(shown["/version"], "2");
    EXPECT_EQ(shown["/reference"], "PO 7");
    EXPECT_EQ(shown["/discount"], "10.00");
    EXPECT_EQ(shown["/lines/0/discount_share"], "9.52");
    EXPECT_EQ(shown["/lines/1/discount_share"], "0.48");
    shown = api.patch(invoice, R"({"discount":null})");
    EXPECT_EQ(shown["/discount_input"], "null");

    shown = api.act(invoice, "issue");
    ASSERT_EQ(shown.status, 200) << shown.text;
    EXPECT_EQ(shown["/status"], "issued");
    EXPECT_EQ(shown["/number"], "FA-" + api.today().substr(0, 4) + "-000001");
    EXPECT_EQ(shown["/series/sequence"], "1");
    EXPECT_EQ(shown["/issued_on"], api.today());
    EXPECT_EQ(shown["/due_on"], api.today(30));
    EXPECT_EQ(shown["/due"], "1252.75");
    EXPECT_EQ(shown["/actions/issue/why"], "invoice_not_draft");
    const std::string version = shown["/version"];

    const std::string payment =
        api.payment("500.00", R"("allocations":[{"invoice_id":")" + Api::id_in(invoice)
                                  + R"(","amount":"300"}])");
    shown = api.get(invoice);
    EXPECT_EQ(shown["/status"], "partially_paid");
    EXPECT_EQ(shown["/paid"], "300.00");
    EXPECT_EQ(shown["/due"], "952.75");
    EXPECT_EQ(shown["/allocations/0/kind"], "payment");
    EXPECT_EQ(shown["/allocations/0/source_id"], Api::id_in(payment));
    EXPECT_EQ(shown["/version"], version); // Derived members raise no version.

    const Answer credit = api.act(
        invoice, "credit", R"({"all":true,"kind":"cancellation","reason":"order withdrawn"})");
    ASSERT_EQ(credit.status, 201) << credit.text;
    const std::string note = "/credit-notes/" + credit["/id"];
    EXPECT_EQ(credit.headers.at("Location"), api.base() + note);
    EXPECT_EQ(credit["/kind"], "credit_note");
    EXPECT_EQ(credit["/total"], "1252.75");
    EXPECT_EQ(credit["/allocated"], "952.75"); // What was due, at once.
    EXPECT_EQ(credit["/remaining"], "300.00");
    EXPECT_EQ(credit["/status"], "partially_used");
    shown = api.get(invoice);
    EXPECT_EQ(shown["/status"], "paid");
    EXPECT_EQ(shown["/credited"], "952.75");
    EXPECT_EQ(shown["/credit_notes/0/id"], credit["/id"]);
    EXPECT_EQ(shown.count("/allocations"), 2u);

    Answer refunded = api.act(note, "refund",
                              R"({"amount":"300.00","refunded_on":")" + api.today()
                                  + R"(","method":"transfer"})");
    ASSERT_EQ(refunded.status, 200) << refunded.text;
    EXPECT_EQ(refunded["/status"], "used");
    EXPECT_EQ(refunded["/refunded"], "300.00");
    const std::string refund = refunded["/refunds/0/id"];
    refunded =
        api.act(note, "reverse-refund",
                R"({"refund_id":")" + refund + R"(","cause":"bounced","reason":"came back"})");
    ASSERT_EQ(refunded.status, 200) << refunded.text;
    EXPECT_EQ(refunded["/remaining"], "300.00");
    EXPECT_EQ(refunded["/refunds/0/reversed_on"], api.today());

    const Answer reversed = api.act(payment, "reverse",
                                    R"({"reversed_on":")" + api.today()
                                        + R"(","cause":"mistake","reason":"typed twice"})");
    ASSERT_EQ(reversed.status, 200) << reversed.text;
    EXPECT_EQ(reversed["/status"], "reversed");
    EXPECT_EQ(reversed["/allocated/amount"], "0.00");
    EXPECT_EQ(reversed["/reversal/cause"], "mistake");
    EXPECT_EQ(reversed["/allocations/0/ended_on"], api.today());
    shown = api.get(invoice);
    EXPECT_EQ(shown["/status"], "issued");
    EXPECT_EQ(shown["/due"], "300.00");
    EXPECT_EQ(shown.count("/allocations"), 1u);
}

TEST(InvoiceLife, IsShownAtEveryMomentAsItStoodThen) {
    Api api;
    const std::string invoice = api.draft();
    const std::uint64_t drafted = api.head();
    api.act(invoice, "issue");
    const std::uint64_t issued = api.head();
    api.payment("1252.75", R"("allocations":[{"invoice_id":")" + Api::id_in(invoice)
                               + R"(","amount":"1252.75"}])");
    const auto at = [&](std::uint64_t revision) {
        return api.get(invoice + "?as_of=@" + std::to_string(revision));
    };
    EXPECT_EQ(at(drafted)["/status"], "draft");
    EXPECT_EQ(at(issued)["/status"], "issued");
    EXPECT_EQ(at(issued)["/due"], "1252.75");
    EXPECT_EQ(at(issued).headers.at("Daybook-Revision"), std::to_string(issued));
    EXPECT_EQ(api.get(invoice)["/status"], "paid");
    EXPECT_EQ(at(drafted - 1).code(), "not_yet_created");
    EXPECT_EQ(at(drafted - 1).status, 404);
    EXPECT_EQ(at(api.head() + 1).code(), "as_of_in_future");
    EXPECT_EQ(at(api.head() + 1).status, 422);
}

TEST(InvoiceLife, WritesOffWhatIsDueAndTakesItBack) {
    Api api;
    const std::string invoice = api.issued();
    Answer shown = api.act(invoice, "write-off",
                           R"({"amount":"1252.75","cause":"bad_debt","reason":"bankrupt"})");
    ASSERT_EQ(shown.status, 200) << shown.text;
    EXPECT_EQ(shown["/status"], "written_off");
    EXPECT_EQ(shown["/written_off"], "1252.75");
    EXPECT_EQ(shown["/due"], "0.00");
    EXPECT_EQ(shown["/actions/write_off/why"], "amount_exceeds_due");
    const std::string reverse = "write-offs/" + shown["/write_offs/0/id"] + "/reverse";
    shown = api.act(invoice, reverse, R"({"reason":"they paid after all"})");
    ASSERT_EQ(shown.status, 200) << shown.text;
    EXPECT_EQ(shown["/due"], "1252.75");
    EXPECT_EQ(shown["/write_offs/0/reversed_on"], api.today());
    EXPECT_EQ(api.act(invoice, reverse, R"({"reason":"again"})").code(), "write_off_not_found");
}

TEST(InvoiceLife, VoidsADraftForGood) {
    Api api;
    const std::string invoice = api.draft();
    const Answer shown = api.act(invoice, "void", R"({"reason":"not ordered"})");
    ASSERT_EQ(shown.status, 200) << shown.text;
    EXPECT_EQ(shown["/status"], "void");
    EXPECT_EQ(api.act(invoice, "issue").code(), "invoice_not_draft");
    EXPECT_EQ(api.get("/invoices?status=void").count("/items"), 1u);
}

TEST(InvoiceLife, CreditsLinesOneByOneUpToWhatWasInvoiced) {
    Api api;
    const std::string invoice = api.issued(
        R"([{"description":"Vis","quantity":"3","unit_price":"10.03",
             "taxes":[{"scheme":"VAT","category":"S","rate":"20"}]}])");
    const std::string line = api.get(invoice)["/lines/0/id"];
    const auto credit_one = [&] {
        return api.act(invoice, "credit",
                       R"({"lines":[{"line_id":")" + line
                           + R"(","quantity":"1"}],"kind":"return_of_goods",
                                                   "reason":"returned"})");
    };
    EXPECT_EQ(credit_one()["/tax"], "2.01");
    EXPECT_EQ(credit_one()["/tax"], "2.00");
    const Answer third = credit_one();
    EXPECT_EQ(third["/tax"], "2.01");
    EXPECT_EQ(third["/credits/0/lines/0/line_id"], line);
    EXPECT_EQ(credit_one().status, 422);
    EXPECT_EQ(api.get(invoice)["/status"], "credited");
}

} // namespace
} // namespace daybook::tests
