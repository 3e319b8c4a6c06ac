#include "tests/support/given_when_then.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

TEST(TaxRate, IsDefinedSoundAndRetiredOnce) {
    Story story;
    const auto rate = id<TaxRateId>(60);
    DefineTaxRate command{rate, {vat("20"), date("2014-01-01"), {}, "FR"}};
    EXPECT_EQ(only<TaxRateDefined>(story.accepts(command)), command.definition);
    EXPECT_TRUE(story.accepts(command).empty());
    command.definition.tax.rate = decimal("21");
    story.refuses(command, Code::not_supported_yet);
    story.accepts(RetireTaxRate{rate, "law of 2027"});
    story.refuses(RetireTaxRate{rate, {}}, Code::already_archived);
    story.refuses(RetireTaxRate{id<TaxRateId>(61), {}}, Code::not_found);

    command = {id<TaxRateId>(61), {Tax{}, date("2014-01-01"), date("2013-12-31"), "FRA"}};
    command.definition.tax.rate = {101 * kMicro};
    const Refusal refusal = story.refuses(command, Code::invalid_input);
    EXPECT_EQ(fault_at(refusal, "/scheme"), "missing_member");
    EXPECT_EQ(fault_at(refusal, "/category"), "missing_member");
    EXPECT_EQ(fault_at(refusal, "/rate"), "out_of_range");
    EXPECT_EQ(fault_at(refusal, "/valid_to"), "out_of_range");
    EXPECT_EQ(fault_at(refusal, "/country"), "unknown_country");
}

TEST(Terms, AreDefinedAgainWithNewValues) {
    Story story;
    DefineTerms command{id<TermsId>(60), {"30 days", {.days = 30}}};
    story.accepts(command);
    EXPECT_TRUE(story.accepts(command).empty());
    command.definition.terms.end_of_month = true;
    EXPECT_EQ(only<TermsDefined>(story.accepts(command)), command.definition);
    command.definition.name.clear();
    command.definition.terms.days = 3'651;
    const Refusal refusal = story.refuses(command, Code::invalid_input);
    EXPECT_EQ(fault_at(refusal, "/name"), "missing_member");
    EXPECT_EQ(fault_at(refusal, "/days"), "out_of_range");
}

TEST(MoneyAccount, IsDefinedAndRetiredOnce) {
    Story story;
    const auto account = id<MoneyAccountId>(60);
    DefineMoneyAccount command{account, {"Bank", MoneyAccountKind::bank, {}, {"EUR"}, "512"}};
    story.accepts(command);
    EXPECT_TRUE(story.accepts(command).empty());
    DefineMoneyAccount renamed = command;
    renamed.definition.name = "Main bank";
    story.refuses(renamed, Code::not_supported_yet);
    story.accepts(RetireMoneyAccount{account, "closed"});
    story.refuses(RetireMoneyAccount{account, "closed"}, Code::already_archived);
    story.refuses(command, Code::already_archived);
    story.refuses(RetireMoneyAccount{id<MoneyAccountId>(61), {}}, Code::not_found);
    story.refuses(DefineMoneyAccount{id<MoneyAccountId>(61), {"X", {}, {}, {"XXX"}, {}}},
                  Code::unknown_currency);
}

TEST(MoneyAccount, HasAnIbanWhoseCheckDigitsFit) {
    struct Case {
        const char* iban;
        bool sound;
    };
    const Case cases[] = {
        {"FR1420041010050500013M02606", true},
        {"GB82 WEST 1234 5698 7654 32", true},
        {"no9386011117947", true},
        {"FR1420041010050500013M02607", false},
        {"FR4120041010050500013M02606", false},
        {"FR14", false},
        {"1234567890123456", false},
        {"GB82-WEST-1234-5698-7654-32", false},
    };
    for (const Case& each : cases) {
        Story story;
        const DefineMoneyAccount command{id<MoneyAccountId>(60),
                                         {"Bank", MoneyAccountKind::bank, each.iban, {"EUR"}, {}}};
        if (each.sound)
            EXPECT_FALSE(story.accepts(command).empty()) << each.iban;
        else
            EXPECT_EQ(fault_at(story.refuses(command, Code::invalid_input), "/iban"),
                      "invalid_input")
                << each.iban;
    }
}

} // namespace
} // namespace daybook::tests
