#include "engine/domain/calculation.h"

#include "events/codec/limits.h"
#include "tests/support/given_when_then.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

Tax tax_of(std::string scheme, std::string_view rate) {
    return {.scheme = std::move(scheme), .category = TaxCategory::S, .rate = decimal(rate)};
}
std::vector<Tax> quebec() { return {tax_of("GST", "5"), tax_of("QST", "9.975")}; }
Discount percent(std::string_view value) { return {decimal(value), {}, {}}; }
Discount less(std::string_view value) { return {{}, amount(value), {}}; }

Calculated calculated(const Document& document, TaxRounding rounding = TaxRounding::per_rate) {
    auto result = calculate(document, rounding);
    EXPECT_TRUE(result.has_value()) << (result ? "" : describe(result.error()));
    return result.value_or(Calculated{});
}
Refusal refused(const Document& document) {
    const auto result = calculate(document, TaxRounding::per_rate);
    EXPECT_FALSE(result.has_value());
    return result ? Refusal{} : result.error();
}
std::vector<Amount> tax_amounts(const Calculated& result) {
    std::vector<Amount> amounts;
    for (const TaxRow& row : result.taxes)
        amounts.push_back(row.amount);
    return amounts;
}

// ---- the vectors of real bug reports -----------------------------------------------------------
struct Vector {
    const char* name;
    std::vector<Line> lines;
    std::vector<const char*> taxes;
    const char* total;
};

TEST(Calculation, AgreesWithTheVectors) {
    const std::vector<Vector> vectors = {
        {"50 lines of 241.67", std::vector(50, line("1", "241.67")), {"2416.70"}, "14500.20"},
        {"3 x 10.03", std::vector(3, line("1", "10.03")), {"6.02"}, "36.11"},
        {"138.66 at 19 %", {line("1", "138.66", "19")}, {"26.35"}, "165.01"},
        {"8500 - 7500 at 19 %",
         {line("1", "8500", "19"), line("-1", "7500", "19")},
         {"190.00"},
         "1190.00"},
        {"8180 at 9.975 %", {line("1", "8180", "9.975")}, {"815.96"}, "8995.96"},
        {"140 GST and QST", {line("1", "140", quebec())}, {"7.00", "13.97"}, "160.97"},
        {"1140 GST and QST", {line("1", "1140", quebec())}, {"57.00", "113.72"}, "1310.72"},
        {"100 GST and QST", {line("1", "100", quebec())}, {"5.00", "9.98"}, "114.98"},
        {"the French walk", french_walk(), {"200.00", "2.75"}, "1252.75"},
        {"no line", {}, {}, "0.00"},
        {"a price of nothing", {line("7", "0")}, {"0.00"}, "0.00"},
        {"six decimals", {line("0.333333", "0.000003")}, {"0.00"}, "0.00"},
        {"half a cent", {line("1", "0.005", "0")}, {"0.00"}, "0.01"},
        {"half a cent back", {line("-1", "0.005", "0")}, {"0.00"}, "-0.01"},
    };
    for (const Vector& vector : vectors) {
        SCOPED_TRACE(vector.name);
        const Calculated result = calculated(document_of(vector.lines));
        std::vector<Amount> taxes;
        for (const char* text : vector.taxes)
            taxes.push_back(amount(text));
        EXPECT_EQ(tax_amounts(result), taxes);
        EXPECT_EQ(result.totals.total, amount(vector.total));
        EXPECT_EQ(result.totals.payable, result.totals.total);
    }
}

TEST(Calculation, RoundsTaxPerLineWhereAskedTo) {
    const Document document = document_of(std::vector(3, line("1", "10.03")));
    EXPECT_EQ(tax_amounts(calculated(document, TaxRounding::per_line)),
              std::vector{amount("6.03")});
    EXPECT_EQ(tax_amounts(calculated(document)), std::vector{amount("6.02")});
}

TEST(Calculation, KeepsTheDigitsOfTheCurrency) {
    Document document = document_of({line("3", "33.335", "10")});
    document.currency = {"JPY"};
    EXPECT_EQ(calculated(document).totals.total.minor, 110);
    document.currency = {"TND"};
    EXPECT_EQ(calculated(document).totals.total.minor, 110'006); // 100.005 + 10.0005 -> 10.001
    document.currency = {"EUR"};
    EXPECT_EQ(calculated(document).totals.total.minor, 11'001); // 100.01 + 10.00
}

// ---- groups ------------------------------------------------------------------------------------
TEST(Calculation, GroupsByTheTaxAndNotByItsName) {
    std::vector<Line> lines(2, line("1", "100"));
    lines[1].taxes[0].name = "VAT (standard)";
    EXPECT_EQ(calculated(document_of(lines)).taxes.size(), 1U);
    lines[1].taxes[0].exemption = Exemption{"VATEX-EU-IC", ""};
    EXPECT_EQ(calculated(document_of(lines)).taxes.size(), 2U);
    lines[1] = line("1", "100");
    lines[1].taxes[0].category = TaxCategory::AE;
    EXPECT_EQ(calculated(document_of(lines)).taxes.size(), 2U);
}

TEST(Calculation, IgnoresLinesThatSayOnlyText) {
    std::vector<Line> lines = french_walk();
    lines[0].kind = LineKind::section;
    const Calculated result = calculated(document_of(lines));
    EXPECT_EQ(result.totals.total, amount("52.75"));
    EXPECT_EQ(result.lines[0].net, Amount{});
    EXPECT_EQ(result.taxes.size(), 1U);
}

// ---- discounts ---------------------------------------------------------------------------------
TEST(Calculation, SharesTheDocumentDiscountByLargestRemainder) {
    Document document = document_of(french_walk());
    document.discount = less("10.00");
    const Calculated result = calculated(document);
    EXPECT_EQ(result.lines[0].discount_share, amount("9.52"));
    EXPECT_EQ(result.lines[1].discount_share, amount("0.48"));
    EXPECT_EQ(result.totals.discount, amount("10.00"));
    EXPECT_EQ(result.totals.net, amount("1040.00"));
}

TEST(Calculation, SharesTiesToTheFirstAndSparesDeductions) {
    Document document = document_of({line("1", "10"), line("1", "10"), line("-1", "5", "5.5")});
    document.discount = less("0.01");
    const Calculated result = calculated(document);
    EXPECT_EQ(result.lines[0].discount_share, amount("0.01"));
    EXPECT_EQ(result.lines[1].discount_share, Amount{});
    EXPECT_EQ(result.lines[2].discount_share, Amount{});
}

TEST(Calculation, CountsABaseOnceThatTwoTaxesLeanOn) {
    Document document = document_of({line("1", "100", quebec()), line("1", "100", "20")});
    document.discount = less("10.00");
    const Calculated result = calculated(document);
    EXPECT_EQ(result.lines[0].discount_share, amount("5.00"));
    EXPECT_EQ(result.lines[1].discount_share, amount("5.00"));
}

TEST(Calculation, TakesAPercentage) {
    Document document = document_of({line("3", "19.99")});
    document.lines[0].discount = percent("12.5");
    document.discount = percent("10");
    const Calculated result = calculated(document);
    EXPECT_EQ(result.lines[0].net, amount("52.47"));   // 52.47375
    EXPECT_EQ(result.totals.discount, amount("5.25")); // 5.247
    EXPECT_EQ(result.totals.net, amount("47.22"));
}

TEST(Calculation, RefusesADiscountAboveWhatItIsTakenFrom) {
    Document document = document_of({line("1", "10"), line("-1", "4")});
    document.discount = less("6.01");
    EXPECT_EQ(fault_at(refused(document), "/discount"), "discount_too_large");
    document.discount = less("6.00");
    EXPECT_EQ(calculated(document).totals.total, Amount{});
    document.discount = less("-0.01");
    EXPECT_EQ(fault_at(refused(document), "/discount"), "discount_too_large");
    document.discount = percent("100.01");
    EXPECT_EQ(fault_at(refused(document), "/discount/percent"), "discount_too_large");
    document.discount.reset();
    document.lines[0].discount = less("10.01");
    EXPECT_EQ(fault_at(refused(document), "/lines/0/discount"), "discount_too_large");
    document.lines[0].discount = Discount{};
    EXPECT_EQ(fault_at(refused(document), "/lines/0/discount"), "invalid_input");
}

// ---- prices with tax ---------------------------------------------------------------------------
TEST(Calculation, FindsTheTaxWithinPricesThatIncludeIt) {
    struct Case {
        std::vector<Line> lines;
        const char* net;
        std::vector<const char*> taxes;
    };
    const std::vector<Case> cases = {
        {{line("1", "120")}, "100.00", {"20.00"}},
        {{line("1", "0.03")}, "0.03", {"0.00"}}, // 0.025: 0.03 cannot be reached from without.
        {{line("1", "0.09")}, "0.08", {"0.01"}},
        {{line("1", "1200"), line("1", "52.75", "5.5")}, "1050.00", {"200.00", "2.75"}},
        {{line("1", "114.98", quebec())}, "100.00", {"5.00", "9.98"}},
        {{line("1", "10", "0")}, "10.00", {"0.00"}},
        {{line("1", "10", std::vector<Tax>{})}, "10.00", {}},
    };
    for (const Case& one : cases) {
        Document document = document_of(one.lines);
        document.prices_include_tax = true;
        const Calculated result = calculated(document);
        EXPECT_EQ(result.totals.net, amount(one.net));
        std::vector<Amount> taxes;
        for (const char* text : one.taxes)
            taxes.push_back(amount(text));
        EXPECT_EQ(tax_amounts(result), taxes);
        EXPECT_EQ(result.totals.total, result.totals.lines);
    }
}

// ---- limits ------------------------------------------------------------------------------------
TEST(Calculation, TakesTwoThousandLinesAndNotOneMore) {
    EXPECT_EQ(calculated(document_of(std::vector(kLinesMax, line("1", "1")))).totals.net,
              amount("2000.00"));
    const Refusal refusal = refused(document_of(std::vector(kLinesMax + 1, line("1", "1"))));
    EXPECT_EQ(refusal.code, Code::too_many_lines);
}

TEST(Calculation, RefusesWhatItCannotCalculate) {
    const auto spoilt = [](auto spoil) {
        Document document = document_of(french_walk());
        spoil(document);
        return refused(document);
    };
    const Refusal taxes = spoilt([](Document& d) {
        d.lines[1].taxes.clear();
        for (int i = 0; i < 6; ++i)
            d.lines[1].taxes.push_back(tax_of("T" + std::to_string(i), "1"));
    });
    EXPECT_EQ(fault_at(taxes, "/lines/1/taxes"), "too_many_taxes");
    EXPECT_EQ(fault_at(spoilt([](Document& d) { d.currency = {"XXX"}; }), "/currency"),
              "unknown_currency");
    EXPECT_EQ(fault_at(spoilt([](Document& d) { d.lines[0].taxes[0].compound_on = "GST"; }),
                       "/lines/0/taxes/0/compound_on"),
              "not_supported_yet");
    EXPECT_EQ(fault_at(spoilt([](Document& d) { d.lines[0].taxes[0].rate = decimal("-1"); }),
                       "/lines/0/taxes/0/rate"),
              "out_of_range");
    EXPECT_EQ(fault_at(spoilt([](Document& d) { d.lines[0].taxes.push_back(vat("20")); }),
                       "/lines/0/taxes/0"),
              "invalid_input");
    EXPECT_EQ(fault_at(spoilt([](Document& d) { d.charges.emplace_back(); }), "/charges"),
              "not_supported_yet");
}

TEST(Calculation, RefusesAmountsThatDoNotFit) {
    const auto most = "10000000000000"; // 10^13 euros are kAmountMax cents.
    Document document = document_of({line("10", "1000000000000", "0")});
    EXPECT_EQ(calculated(document).totals.total, amount(most));
    document.lines[0].quantity = decimal("10.000001");
    EXPECT_EQ(fault_at(refused(document), "/lines/0"), "amount_overflow");
    document.lines[0].quantity = decimal("1000000000000");
    EXPECT_EQ(fault_at(refused(document), "/lines/0"), "amount_overflow");
    document = document_of(std::vector(2, line("6", "1000000000000", "0")));
    EXPECT_EQ(refused(document).code, Code::amount_overflow);
    document = document_of({line("9", "1000000000000", "20")}); // With its tax it is too much.
    EXPECT_EQ(refused(document).code, Code::amount_overflow);
    // Rows are stored too, even where the total is small.
    document = document_of({line("9", "1000000000000", "0"), line("9", "1000000000000", "0"),
                            line("-9", "1000000000000", "5"), line("-9", "1000000000000", "5")});
    EXPECT_EQ(refused(document).code, Code::amount_overflow);
}

// ---- properties --------------------------------------------------------------------------------
struct Sketch {
    std::int64_t quantity = 0;
    std::int64_t price_cents = 0;
    int discount = 0; // Percent, when below 100.
    int tax = 0;
};
[[maybe_unused]] void showValue(const Sketch& sketch, std::ostream& out) {
    out << sketch.quantity << " x " << sketch.price_cents << " cents, tax " << sketch.tax;
}

std::vector<Tax> taxes_of(int kind) {
    switch (kind) {
    case 0:
        return {};
    case 1:
        return {vat("5.5")};
    case 2:
        return quebec();
    case 3:
        return {vat("0")};
    default:
        return {vat("20")};
    }
}
Line line_of(const Sketch& sketch) {
    Line made = line("1", "1", taxes_of(sketch.tax));
    made.quantity = {sketch.quantity * (kMicro / 1000)};
    made.unit_price = {sketch.price_cents * (kMicro / 100)};
    if (sketch.discount < 100)
        made.discount = Discount{Decimal{sketch.discount * kMicro}, {}, {}};
    return made;
}
rc::Gen<Document> any_document(std::int64_t quantity_min) {
    const auto sketch = rc::gen::build<Sketch>(
        rc::gen::set(&Sketch::quantity, rc::gen::inRange<std::int64_t>(quantity_min, 9'999)),
        rc::gen::set(&Sketch::price_cents, rc::gen::inRange<std::int64_t>(0, 99'999)),
        rc::gen::set(&Sketch::discount, rc::gen::inRange(0, 300)),
        rc::gen::set(&Sketch::tax, rc::gen::inRange(0, 5)));
    return rc::gen::apply(
        [](const std::vector<Sketch>& sketches, bool with_tax, int discount) {
            std::vector<Line> lines;
            for (const Sketch& one : sketches)
                lines.push_back(line_of(one));
            Document document = document_of(std::move(lines));
            document.prices_include_tax = with_tax;
            if (discount < 100)
                document.discount = Discount{Decimal{discount * kMicro}, {}, {}};
            return document;
        },
        rc::gen::container<std::vector<Sketch>>(sketch), rc::gen::arbitrary<bool>(),
        rc::gen::inRange(0, 200));
}
Amount sum_of(const std::vector<Line>& lines, Amount Line::*member) {
    Amount sum;
    for (const Line& one : lines)
        sum += one.*member;
    return sum;
}

RC_GTEST_PROP(Calculation, AddsUpToTheLastCent, ()) {
    const Document document = *any_document(-2'000);
    const Calculated result = *calculate(document, TaxRounding::per_rate);
    const Totals& totals = result.totals;
    RC_ASSERT(sum_of(result.lines, &Line::net) == totals.lines);
    RC_ASSERT(sum_of(result.lines, &Line::discount_share) == totals.discount);
    RC_ASSERT(sum_of(result.lines, &Line::taxable) == totals.net);
    Amount tax;
    for (const TaxRow& row : result.taxes)
        tax += row.amount;
    RC_ASSERT(tax == totals.tax);
    RC_ASSERT(totals.net + totals.tax == totals.total);
    if (document.prices_include_tax)
        RC_ASSERT(totals.total == totals.lines - totals.discount);
    else
        RC_ASSERT(totals.net == totals.lines - totals.discount);
}

RC_GTEST_PROP(Calculation, MirrorsItself, ()) {
    Document document = *any_document(-2'000);
    const Calculated result = *calculate(document, TaxRounding::per_rate);
    for (Line& one : document.lines)
        one.quantity.micro = -one.quantity.micro;
    const Calculated mirror = *calculate(document, TaxRounding::per_rate);
    RC_ASSERT(mirror.totals.total == -result.totals.total);
    RC_ASSERT(mirror.totals.discount == -result.totals.discount);
    for (std::size_t i = 0; i < result.lines.size(); ++i) {
        RC_ASSERT(mirror.lines[i].net == -result.lines[i].net);
        RC_ASSERT(mirror.lines[i].discount_share == -result.lines[i].discount_share);
        RC_ASSERT(mirror.lines[i].taxable == -result.lines[i].taxable);
    }
    for (std::size_t i = 0; i < result.taxes.size(); ++i)
        RC_ASSERT(mirror.taxes[i].amount == -result.taxes[i].amount);
}

RC_GTEST_PROP(Calculation, TaxesTheSameInAnyOrderOfLines, ()) {
    Document document = *any_document(-2'000);
    document.discount.reset(); // Its ties go to the first line, so order moves a cent of it.
    const Calculated result = *calculate(document, TaxRounding::per_rate);
    std::ranges::reverse(document.lines);
    const Calculated turned = *calculate(document, TaxRounding::per_rate);
    RC_ASSERT(turned.totals == result.totals);
    for (const TaxRow& row : result.taxes)
        RC_ASSERT(std::ranges::count(turned.taxes, row) == 1);
}

RC_GTEST_PROP(Calculation, GivesNoLineMoreDiscountThanItIsWorth, ()) {
    const Calculated result = *calculate(*any_document(0), TaxRounding::per_rate);
    for (const Line& one : result.lines) {
        RC_ASSERT(one.discount_share >= Amount{});
        RC_ASSERT(one.discount_share <= one.net);
    }
}

} // namespace
} // namespace daybook::tests
