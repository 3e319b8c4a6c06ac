#include "tests/engine/import/import_fixture.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace daybook::import {
namespace {

using domain::Code;
using Texts = std::vector<std::string>;

std::string fact(const domain::Refusal& refusal, std::string_view name) {
    const auto found = std::ranges::find(refusal.facts, name, &NamedText::name);
    return found == refusal.facts.end() ? "" : found->value;
}

Texts pointers(const domain::Refusal& refusal) {
    Texts found;
    for (const domain::Fault& fault : refusal.faults)
        found.push_back(fault.pointer);
    return found;
}

std::string row(std::string_view date, std::string_view price = "2.55") {
    return "536365,85123A,HEART,6," + std::string(date) + ",\"" + std::string(price)
           + "\",17850,France,\n";
}

std::string option_of(const Planned& plan, std::string_view name) {
    const auto& options = plan.value().record.options;
    const auto found = std::ranges::find(options, name, &NamedText::name);
    return found == options.end() ? "" : found->value;
}

TEST(ImportChoices, AreAskedForAllAtOnceWithTheirAnswers) {
    const auto asked = plan(kHeader + "1,A,B,1,12/1/10,1.234,,France,\n", Options{});
    ASSERT_FALSE(asked.has_value());
    EXPECT_EQ(asked.error().code, Code::needs_choice);
    EXPECT_EQ(pointers(asked.error()), (Texts{"/currency", "/date_order", "/decimal",
                                              "/tax_treatment", "/client_for_blank"}));
    EXPECT_TRUE(fact(asked.error(), "currency").starts_with("GBP|AED|"));
    EXPECT_EQ(fact(asked.error(), "date_order"), "mdy|dmy|ymd");
    EXPECT_EQ(fact(asked.error(), "decimal"), ".|,");
    EXPECT_EQ(fact(asked.error(), "tax_treatment"), "none|exclusive|inclusive");
    EXPECT_EQ(fact(asked.error(), "client_for_blank"), "counter|none");
}

TEST(ImportChoices, AreNotAskedForWhatTheFileShows) {
    Options options{.tax_treatment = TaxTreatment::none};
    const auto planned = plan("InvoiceNo,Quantity,InvoiceDate,UnitPrice,CustomerID,Currency\n"
                              "1,2,12/13/10,2.5,17850,USD\n",
                              options);
    ASSERT_TRUE(planned.has_value());
    EXPECT_EQ(planned->record.sums.front().currency.code, "USD");
}

TEST(ImportChoices, AskForTheRateOnceTaxIsCharged) {
    Options options = wholesale_options();
    options.tax_treatment = TaxTreatment::inclusive;
    const auto asked = plan(kHeader + kRow, options);
    ASSERT_FALSE(asked.has_value());
    EXPECT_EQ(pointers(asked.error()), Texts{"/tax_rate"});
}

TEST(ImportChoices, InferTheOrderOfDatesFromTheWholeFile) {
    struct Case {
        std::vector<const char*> dates;
        const char* order; // Empty = asked.
        const char* answers;
    };
    const std::vector<Case> cases = {
        {{"12/1/10", "12/2/10", "12/13/10"}, "mdy", ""},
        {{"1/12/10", "13/12/10"}, "dmy", ""},
        {{"10-12-31"}, "", "mdy|dmy|ymd"}, // 2010, or 2031.
        {{"10-12-31", "99-12-31"}, "ymd", ""},
        {{"2010-12-01"}, "ymd", ""},
        {{"1/1/2010"}, "mdy", ""}, // Read either way it is the same day.
        {{"1/12/2010"}, "", "mdy|dmy"},
        {{"12/1/10"}, "", "mdy|dmy|ymd"},
        // One proof against another is none.
        {{"12/13/2010", "13/12/2010"}, "", "mdy|dmy"},
    };
    for (const Case& each : cases) {
        std::string csv = kHeader;
        int number = 0;
        for (const char* date : each.dates)
            csv += std::to_string(++number) + row(date).substr(6);
        const auto planned = plan(csv);
        if (planned)
            EXPECT_EQ(option_of(planned, "date_order"), each.order) << each.dates.front();
        else
            EXPECT_EQ(fact(planned.error(), "date_order"), each.answers) << each.dates.front();
        EXPECT_EQ(planned.has_value(), *each.order != 0) << each.dates.front();
    }
}

TEST(ImportChoices, TellWhatProvedAnInference) {
    const auto planned = plan(kHeader + row("12/1/10") + row("12/1/10") + "2" + row("12/13/10"));
    ASSERT_TRUE(planned.has_value());
    const ImportWarning* warning = find_warning(*planned, "date_order_inferred");
    ASSERT_NE(warning, nullptr);
    EXPECT_EQ(warning->count, 1u);
    EXPECT_EQ(warning->detail, "date_order=mdy: 1 of 3 values can be read in no other way");
    EXPECT_EQ(warning->examples, Texts{"line 4: 12/13/10"});
}

TEST(ImportChoices, MakeTheDatesThatContradictTheMajorityBrokenRows) {
    const auto planned =
        plan(kHeader + row("12/13/10") + row("12/14/10") + row("14/12/10") + row("soon"));
    ASSERT_FALSE(planned.has_value());
    EXPECT_EQ(planned.error().code, Code::import_broken_row);
    EXPECT_EQ(pointers(planned.error()), (Texts{"/rows/4/InvoiceDate", "/rows/5/InvoiceDate"}));
}

TEST(ImportChoices, InferTheDecimalFromTheWholeFile) {
    struct Case {
        const char* price;
        const char* decimal; // Empty = asked.
    };
    for (const auto& [price, decimal] :
         {Case{"2.55", "."}, Case{"2,55", ","}, Case{"1,234.50", "."}, Case{"1.234,50", ","},
          Case{"7", "."}, Case{"0.125", "."}, Case{"1.234.567", ","}, Case{"1.234", ""},
          Case{"12,345", ""}}) {
        const auto planned = plan(kHeader + row("12/13/10", price));
        ASSERT_EQ(planned.has_value(), *decimal != 0) << price;
        if (planned)
            EXPECT_EQ(option_of(planned, "decimal"), decimal) << price;
        else
            EXPECT_EQ(pointers(planned.error()), Texts{"/decimal"}) << price;
    }
}

TEST(ImportChoices, FollowWhatAPersonSaysBeforeWhatTheFileSuggests) {
    Options options = wholesale_options();
    options.date_order = DateOrder::dmy;
    options.decimal = ',';
    const auto planned = plan(kHeader + row("12/1/10", "1.234"), options);
    ASSERT_TRUE(planned.has_value());
    const Document& document = planned->documents.front().imported.frozen.document;
    EXPECT_EQ(document.issued_on, tests::date("2010-01-12"));
    EXPECT_EQ(document.lines.front().unit_price, tests::decimal("1234"));
    // And what then cannot be read is broken, not read otherwise.
    EXPECT_EQ(plan(kHeader + row("12/13/10", "2,55"), options).error().faults.front().pointer,
              "/rows/2/InvoiceDate");
}

} // namespace
} // namespace daybook::import
