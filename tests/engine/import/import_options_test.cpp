#include "engine/import/import_options.h"

#include <gtest/gtest.h>

namespace daybook::import {
namespace {

using domain::Code;

TEST(ImportOptions, AreReadByTheNamesOfTheContract) {
    const std::vector<NamedText> given = {{"currency", "GBP"},
                                          {"date_order", "mdy"},
                                          {"decimal", ","},
                                          {"separator", "tab"},
                                          {"time_zone", "Europe/London"},
                                          {"tax_treatment", "exclusive"},
                                          {"tax_rate", "17.5"},
                                          {"client_for_blank", "none"},
                                          {"mapping", "Order Nr.:number, Qty:quantity,#4:ignore"}};
    const auto options = parse_options(given);
    ASSERT_TRUE(options.has_value());
    EXPECT_EQ(*options, (Options{.currency = Currency{"GBP"},
                                 .date_order = DateOrder::mdy,
                                 .decimal = ',',
                                 .separator = '\t',
                                 .time_zone = "Europe/London",
                                 .tax_treatment = TaxTreatment::exclusive,
                                 .tax_rate = Decimal{17'500'000},
                                 .client_for_blank = ClientForBlank::none,
                                 .mapping = {{"Order Nr.", Role::number},
                                             {"Qty", Role::quantity},
                                             {"#4", std::nullopt}}}));
    EXPECT_EQ(parse_options({}), Options{});
}

TEST(ImportOptions, AreRefusedTogetherEachByItsName) {
    struct Case {
        NamedText option;
        Code code;
    };
    const std::vector<Case> cases = {
        {{"currency", "POUND"}, Code::unknown_currency},
        {{"date_order", "myd"}, Code::unknown_value},
        {{"decimal", ";"}, Code::unknown_value},
        {{"separator", "|"}, Code::unknown_value},
        {{"tax_treatment", "vat"}, Code::unknown_value},
        {{"tax_rate", "twenty"}, Code::not_a_decimal},
        {{"client_for_blank", ""}, Code::unknown_value},
        {{"mapping", "InvoiceNo"}, Code::invalid_input},
        {{"charset", "latin1"}, Code::unknown_member},
        {{"currency", "GBP"}, Code::invalid_input}, // Given twice.
    };
    std::vector<NamedText> given;
    for (const Case& each : cases)
        given.push_back(each.option);
    const auto options = parse_options(given);
    ASSERT_FALSE(options.has_value());
    ASSERT_EQ(options.error().faults.size(), cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i) {
        EXPECT_EQ(options.error().faults[i].pointer, "/" + cases[i].option.name);
        EXPECT_EQ(options.error().faults[i].code, cases[i].code) << cases[i].option.name;
    }
}

TEST(ImportOptions, RefuseARateThatNothingBears) {
    for (const char* rate : {"-1", "100.5"}) {
        const auto options = parse_options(std::vector<NamedText>{{"tax_rate", rate}});
        ASSERT_FALSE(options.has_value()) << rate;
        EXPECT_EQ(options.error().faults.front().code, Code::out_of_range) << rate;
    }
    const auto both =
        parse_options(std::vector<NamedText>{{"tax_rate", "20"}, {"tax_treatment", "none"}});
    ASSERT_FALSE(both.has_value());
    EXPECT_EQ(both.error().faults.front().pointer, "/tax_rate");
}

} // namespace
} // namespace daybook::import
