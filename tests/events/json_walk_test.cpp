#include "events/json_walk.h"

#include "tests/events/sample.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

std::string text_of(const Event& event, int digits = 2) {
    return to_json(event_to_json(event, digits));
}

TEST(EventJson, WritesEveryKindOfValueAsItsText) {
    PaymentRecorded payment;
    payment.receipt = {.number = "P-1",
                       .client_id = ClientId{Uuid{{0xAB}}},
                       .currency = {"EUR"},
                       .amount = {120'000},
                       .received_on = {20'543},
                       .method = "card",
                       .fee = Amount{-5}};
    EXPECT_EQ(text_of(payment),
              R"({"receipt":{"number":"P-1","client_id":"ab000000-0000-0000-0000-000000000000",)"
              R"("currency":"EUR","amount":"1200.00","received_on":"2026-03-31","method":"card",)"
              R"("fee":"-0.05"}})");
}

TEST(EventJson, LeavesOutWhatIsNotGivenButNotWhatIsZero) {
    EXPECT_EQ(text_of(Returned{}), R"({"to_version":0})");
    EXPECT_EQ(text_of(ClientsMerged{}), "{}") << "a nil id names nothing";
    EXPECT_EQ(text_of(InvoiceAnnotated{}), "{}");
    EXPECT_EQ(text_of(DeliveryReported{}), R"({"at":"1970-01-01T00:00:00.000000Z"})");
}

TEST(EventJson, GivesAmountsTheDigitsOfTheNearestCurrency) {
    ImportRecorded import;
    import.sums = {{.currency = {"JPY"},
                    .total =
                    { 1234 }},
                   {.currency = {"TND"},
                    .total = {
                        1234
                    } }};
    const Json json = event_to_json(import, 2);
    const auto& sums = *json.find("sums")->if_array();
    EXPECT_EQ(*sums[0].find("total"), Json("1234"));
    EXPECT_EQ(*sums[1].find("total"), Json("1.234"));
}

TEST(EventJson, GivesATotalTheDigitsOfTheDocumentBesideIt) {
    const std::tuple<const char*, const char*, const char*> cases[] = {
        {"JPY", "125275", "700"}, {"TND", "125.275", "0.700"}, {"CLF", "12.5275", "0.0700"}};
    for (const auto& [currency, total, net] : cases) {
        CreditNoteImported note;
        note.imported.frozen.document.currency.code = currency;
        note.imported.frozen.totals.total = note.imported.computed.total = {125'275};
        note.credits = {{.lines = {{.net = {700}}}}};
        const Json json = event_to_json(note, 2);
        const Json& imported = *json.find("imported");
        EXPECT_EQ(*imported.find("frozen")->find("totals")->find("total"), Json(total));
        EXPECT_EQ(*imported.find("computed")->find("total"), Json(total));
        const Json& credit = json.find("credits")->if_array()->front();
        EXPECT_EQ(*credit.find("lines")->if_array()->front().find("net"), Json(net));
    }
}

TEST(EventJson, TakesTheCallersDigitsWhereNoCurrencyIsNamed) {
    const InvoiceWrittenOff written_off{.write_off = {.amount = {1234}}};
    for (const auto& [digits, text] : {std::pair{0, "1234"}, {2, "12.34"}, {3, "1.234"}}) {
        const Json json = event_to_json(written_off, digits);
        EXPECT_EQ(*json.find("write_off")->find("amount"), Json(text));
    }
    PaymentRecorded unknown{.receipt = {.currency = {"ZZZ"}, .amount = {1234}}};
    const Json json = event_to_json(unknown, 3);
    EXPECT_EQ(*json.find("receipt")->find("amount"), Json("1.234"));
}

// A sample leaves nothing out, so its JSON has a member for every field.
TEST(EventJson, ShowsEveryFieldOfEveryEvent) {
    for (std::size_t i = 0; i < kEventCount; ++i) {
        const Event event = sample_event(i);
        const Json json = event_to_json(event, 2);
        std::visit(
            [&](const auto& alternative) {
                for_each_field<std::decay_t<decltype(alternative)>>(
                    [&](auto, const char* name, auto) { EXPECT_TRUE(json.find(name)) << name; });
            },
            event);
    }
}

} // namespace
} // namespace daybook::tests
