// Payments and credit notes: what is refused, and that money is never lost on the way.
#include "tests/api/support/api_harness.h"

namespace daybook::tests {
namespace {

std::string allocation(const std::string& invoice, const std::string& amount) {
    return R"({"invoice_id":")" + Api::id_in(invoice) + R"(","amount":")" + amount + R"("})";
}

TEST(Payments, ShowTheirMoneyWithItsCurrency) {
    Api api;
    const Answer shown = api.get(api.payment("120", R"("reference":"R 1")"));
    EXPECT_EQ(to_json(shown.at("/amount")), R"({"amount":"120.00","currency":"EUR"})");
    EXPECT_EQ(shown["/unallocated/amount"], "120.00");
    EXPECT_EQ(shown["/status"], "unallocated");
    EXPECT_EQ(shown["/actions/allocate/allowed"], "true");
    EXPECT_EQ(shown["/actions/unallocate/why"], "allocation_not_found");
}

TEST(Payments, NameEveryFaultyMemberAtOnce) {
    Api api;
    const Answer no = api.post("/payments", R"({"amount":120,"received_on":"2026-02-30","note":"x",
                         "allocations":[{"amount":"1"}]})");
    EXPECT_EQ(no.status, 422);
    for (const char* fault : {"/client_id missing_member", "/amount money_must_be_string",
                              "/received_on bad_date", "/method missing_member",
                              "/note unknown_member", "/allocations/0/invoice_id missing_member"})
        EXPECT_NE(no.faults().find(fault), std::string::npos) << fault << "\n" << no.faults();
}

TEST(Payments, RefuseByNameWhatTheBusinessForbids) {
    Api api;
    const std::string invoice = api.issued();
    const std::string draft = api.draft();
    const auto recording = [&](const std::string& amount, const std::string& more) {
        return api.post("/payments", api.payment_body(amount, more)).code();
    };
    EXPECT_EQ(recording("0", ""), "amount_not_positive");
    EXPECT_EQ(recording("1.005", ""), "too_many_decimals");
    EXPECT_EQ(recording("1", R"("currency":"XYZ")"), "unknown_currency");
    EXPECT_EQ(recording("1", R"("currency":"USD")"), "not_supported_yet");
    EXPECT_EQ(recording("2000", R"("allocations":[)" + allocation(invoice, "1300") + "]"),
              "amount_exceeds_due");
    EXPECT_EQ(recording("10", R"("allocations":[)" + allocation(invoice, "11") + "]"),
              "amount_exceeds_unallocated");
    EXPECT_EQ(recording("10", R"("allocations":[)" + allocation(draft, "1") + "]"),
              "invoice_not_issued");

    const std::string payment = api.payment("100");
    const auto verb = [&](const std::string& name, const std::string& body) {
        return api.act(payment, name, body).code();
    };
    EXPECT_EQ(verb("refund", R"({"amount":"101","method":"cash"})"), "amount_exceeds_unallocated");
    EXPECT_EQ(verb("refund", R"({"amount":"1"})"), "missing_member");
    EXPECT_EQ(verb("reverse", R"({"cause":"mistake"})"), "reason_required");
    EXPECT_EQ(verb("reverse", R"({"cause":"whim","reason":"x"})"), "unknown_value");
    EXPECT_EQ(verb("unallocate", R"({"allocation_id":"00000000-0000-7000-8000-000000000001"})"),
              "allocation_not_found");
    EXPECT_EQ(
        api.post(payment + "/reverse", R"({"cause":"mistake","reason":"typed twice"})").status,
        428);
}

TEST(Payments, GoFromOneInvoiceToAnother) {
    Api api;
    const std::string first = api.issued();
    const std::string second = api.issued();
    const std::string payment =
        api.payment("1252.75", R"("allocations":[)" + allocation(first, "1252.75") + "]");
    Answer shown = api.get(payment);
    EXPECT_EQ(shown["/status"], "allocated");
    shown = api.act(payment, "unallocate",
                    R"({"allocation_id":")" + shown["/allocations/0/id"]
                        + R"(","reason":"wrong invoice"})");
    ASSERT_EQ(shown.status, 200) << shown.text;
    EXPECT_EQ(shown["/allocations/0/ended_on"], api.today());
    EXPECT_EQ(api.get(first)["/due"], "1252.75");
    shown = api.act(payment, "allocate", allocation(second, "1000.00"));
    ASSERT_EQ(shown.status, 200) << shown.text;
    EXPECT_EQ(shown["/status"], "partially_allocated");
    EXPECT_EQ(shown["/unallocated/amount"], "252.75");
    EXPECT_EQ(api.get(second)["/status"], "partially_paid");
}

TEST(Payments, AreRefundedAndTheRefundTakenBack) {
    Api api;
    const std::string payment = api.payment("100");
    Answer shown = api.act(payment, "refund", R"({"amount":"100","method":"transfer"})");
    ASSERT_EQ(shown.status, 200) << shown.text;
    EXPECT_EQ(shown["/status"], "refunded");
    EXPECT_EQ(api.act(payment, "reverse", R"({"cause":"mistake","reason":"x"})").code(),
              "refund_live");
    shown = api.act(payment, "reverse-refund",
                    R"({"refund_id":")" + shown["/refunds/0/id"]
                        + R"(","cause":"bounced","reason":"account closed"})");
    ASSERT_EQ(shown.status, 200) << shown.text;
    EXPECT_EQ(shown["/unallocated/amount"], "100.00");
    shown =
        api.act(payment, "reverse", R"({"cause":"chargeback","reason":"disputed","fee":"15.00"})");
    EXPECT_EQ(shown["/reversal/fee/amount"], "15.00");
    EXPECT_EQ(api.act(payment, "refund", R"({"amount":"1","method":"cash"})").code(),
              "payment_reversed");
}

TEST(Payments, AreAnnotatedAlsoAfterTheirEnd) {
    Api api;
    const std::string payment = api.payment("100");
    api.act(payment, "reverse", R"({"cause":"mistake","reason":"x"})");
    const Answer shown =
        api.act(payment, "annotate", R"({"tags":["check"],"private_note":"ask the bank"})");
    ASSERT_EQ(shown.status, 200) << shown.text;
    EXPECT_EQ(shown["/private_note"], "ask the bank");
    EXPECT_EQ(api.act(payment, "annotate", R"({"tags":[1]})").code(), "wrong_type");
}

TEST(Payments, OfOneKeyAreRecordedOnce) {
    Api api;
    const Api::Headers key{{"idempotency-key", "till 3, 17:02"}};
    const Answer first = api.post("/payments", api.payment_body("10"), key);
    const Answer again = api.post("/payments", api.payment_body("10"), key);
    EXPECT_EQ(again["/id"], first["/id"]);
    EXPECT_EQ(again.headers.at("Idempotency-Replayed"), "true");
    const Answer other = api.post("/payments", api.payment_body("11"), key);
    EXPECT_EQ(other.status, 422);
    EXPECT_EQ(other.code(), "idempotency_key_reused");
    EXPECT_EQ(api.get("/payments?count=true")["/total"], "1");
}

TEST(CreditNotes, SettleAnotherInvoiceOfTheClient) {
    Api api;
    const std::string paid = api.issued();
    api.payment("1252.75", R"("allocations":[)" + allocation(paid, "1252.75") + "]");
    const Answer credit =
        api.act(paid, "credit", R"({"all":true,"kind":"cancellation","reason":"withdrawn"})");
    EXPECT_EQ(credit["/status"], "open"); // Nothing was due there.
    const std::string note = "/credit-notes/" + credit["/id"];
    const std::string other = api.issued();
    Answer shown = api.act(note, "allocate", allocation(other, "52.75"));
    ASSERT_EQ(shown.status, 200) << shown.text;
    EXPECT_EQ(shown["/status"], "partially_used");
    EXPECT_EQ(api.get(other)["/credited"], "52.75");
    EXPECT_EQ(api.act(note, "allocate", allocation(other, "1200.01")).code(), "amount_exceeds_due");
    shown =
        api.act(note, "unallocate", R"({"allocation_id":")" + shown["/allocations/0/id"] + R"("})");
    EXPECT_EQ(shown["/remaining"], "1252.75");
    EXPECT_EQ(api.act(note, "refund", R"({"amount":"1252.76","method":"cash"})").code(),
              "amount_exceeds_remaining");
    EXPECT_EQ(api.get(note)["/actions/unallocate/why"], "allocation_not_found");
    EXPECT_EQ(api.get("/credit-notes?status=open&client_id=" + api.client()).count("/items"), 1u);
}

} // namespace
} // namespace daybook::tests
