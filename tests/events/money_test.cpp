#include "events/money.h"

#include "tests/support/ok.h"

#include <gtest/gtest.h>
#include <numeric>
#include <rapidcheck/gtest.h>
#include <vector>

namespace daybook {
namespace {

using tests::ok;

// ---- currencies -------------------------------------------------------------------------------

TEST(Currency, HasTheDigitsOfIso4217) {
    const std::pair<const char*, int> cases[] = {{"EUR", 2}, {"USD", 2}, {"JPY", 0}, {"ISK", 0},
                                                 {"TND", 3}, {"BHD", 3}, {"IQD", 3}, {"CLF", 4},
                                                 {"UYW", 4}, {"RSD", 2}, {"MGA", 2}, {"HUF", 2}};
    for (const auto& [code, digits] : cases)
        EXPECT_EQ(Currency{code}.digits(), digits) << code;
    for (const char* code : {"", "eur", "EURO", "XXX", "ZZZ", "AAA"})
        EXPECT_EQ(Currency{code}.digits(), std::nullopt) << code;
}

TEST(Currency, IsListedOnceAndInOrder) {
    const auto currencies = known_currencies();
    for (std::size_t i = 0; i < currencies.size(); ++i) {
        EXPECT_EQ(currencies[i].code.size(), 3u);
        EXPECT_EQ(Currency{std::string(currencies[i].code)}.digits(), currencies[i].digits);
        EXPECT_LT(i == 0 ? "" : currencies[i - 1].code, currencies[i].code);
    }
}

// ---- text -------------------------------------------------------------------------------------

TEST(Amount, IsWrittenWithExactlyTheDigitsOfItsCurrency) {
    EXPECT_EQ(to_text(Amount{125'275}, 2), "1252.75");
    EXPECT_EQ(to_text(Amount{5}, 2), "0.05");
    EXPECT_EQ(to_text(Amount{-5}, 2), "-0.05");
    EXPECT_EQ(to_text(Amount{0}, 2), "0.00");
    EXPECT_EQ(to_text(Amount{-1250}, 0), "-1250");
    EXPECT_EQ(to_text(Amount{1}, 3), "0.001");
    EXPECT_EQ(to_text(Amount{12'345}, 4), "1.2345");
    EXPECT_EQ(to_text(Amount{INT64_MIN}, 2), "-92233720368547758.08");
}

TEST(Amount, SaysWhyATextIsNoAmount) {
    const std::tuple<const char*, int, const char*> cases[] = {
        {"1.234", 2, "too_many_decimals"},
        {"1.0", 0, "too_many_decimals"},
        {"10000000000000.01", 2, "out_of_range"},
        {"-1000000000000001", 0, "out_of_range"},
        {"99999999999999999999999999", 2, "out_of_range"},
        {"", 2, "not_a_decimal"},
        {"-", 2, "not_a_decimal"},
        {"+1", 2, "not_a_decimal"},
        {" 1", 2, "not_a_decimal"},
        {"1 ", 2, "not_a_decimal"},
        {"1,00", 2, "not_a_decimal"},
        {"1.", 2, "not_a_decimal"},
        {".5", 2, "not_a_decimal"},
        {"01", 2, "not_a_decimal"},
        {"1e2", 2, "not_a_decimal"},
        {"--1", 2, "not_a_decimal"},
        {"1.-5", 2, "not_a_decimal"},
        {"0x10", 2, "not_a_decimal"},
        {"NaN", 2, "not_a_decimal"},
        {"\u0661", 2, "not_a_decimal"},
    };
    for (const auto& [text, digits, why] : cases) {
        const auto parsed = parse_amount(text, digits);
        ASSERT_FALSE(parsed.has_value()) << text;
        EXPECT_EQ(parsed.error().what, why) << text;
    }
}

TEST(Amount, MayBeAsGreatAsItsRange) {
    EXPECT_EQ(ok(parse_amount("10000000000000.00", 2)).minor, kAmountMax);
    EXPECT_EQ(ok(parse_amount("-10000000000000.00", 2)).minor, -kAmountMax);
    EXPECT_EQ(ok(parse_amount("-0.00", 2)).minor, 0);
}

RC_GTEST_PROP(Amount, IsReadAsItWasWritten, ()) {
    const Amount amount{*rc::gen::inRange(-kAmountMax, kAmountMax + 1)};
    const int digits = *rc::gen::inRange(0, 5);
    RC_ASSERT(ok(parse_amount(to_text(amount, digits), digits)) == amount);
}

RC_GTEST_PROP(Decimal, IsReadAsItWasWritten, ()) {
    const Decimal value{*rc::gen::inRange(-kDecimalMax, kDecimalMax + 1)};
    RC_ASSERT(ok(parse_decimal(to_text(value))) == value);
}

TEST(Decimal, IsWrittenWithoutTrailingZeros) {
    EXPECT_EQ(to_text(Decimal{19'990'000}), "19.99");
    EXPECT_EQ(to_text(Decimal{3'000'000}), "3");
    EXPECT_EQ(to_text(Decimal{1}), "0.000001");
    EXPECT_EQ(to_text(Decimal{-500'000}), "-0.5");
    EXPECT_EQ(to_text(Decimal{0}), "0");
    EXPECT_EQ(to_text(Decimal{100'000'000}), "100");
}

TEST(Decimal, HasNoMoreDecimalsThanAsked) {
    EXPECT_EQ(ok(parse_decimal("0.000001")).micro, 1);
    EXPECT_EQ(parse_decimal("0.0000001").error().what, "too_many_decimals");
    EXPECT_EQ(parse_decimal("5.555", 2).error().what, "too_many_decimals");
    EXPECT_EQ(ok(parse_decimal("1000000000000")).micro, kDecimalMax);
    EXPECT_EQ(parse_decimal("1000000000000.000001").error().what, "out_of_range");
}

// ---- rounding ---------------------------------------------------------------------------------

TEST(DivideRounded, GoesHalfAwayFromZero) {
    const std::tuple<std::int64_t, std::int64_t, std::int64_t> cases[] = {
        {5, 10, 1}, {-5, 10, -1}, {4, 10, 0}, {-4, 10, 0}, {15, 10, 2}, {-15, 10, -2}, {25, 10, 3},
        {1, 3, 0},  {2, 3, 1},    {-1, 3, 0}, {-2, 3, -1}, {7, 1, 7},   {-7, 1, -7},   {0, 7, 0},
        {3, 2, 2},  {-3, 2, -2},  {1, 2, 1},  {-1, 2, -1}, {3, 7, 0},   {4, 7, 1},     {-4, 7, -1},
    };
    for (const auto& [numerator, denominator, rounded] : cases)
        EXPECT_EQ(static_cast<std::int64_t>(divide_rounded(numerator, denominator)), rounded)
            << numerator << " / " << denominator;
}

TEST(DivideRounded, IsExactAtTheEndsOfItsRange) {
    const Wide greatest = ~(Wide{1} << 127);
    const Wide least = -greatest - 1;
    EXPECT_TRUE(divide_rounded(greatest, 1) == greatest);
    EXPECT_TRUE(divide_rounded(least, 1) == least);
    EXPECT_TRUE(divide_rounded(greatest, greatest) == 1);
    EXPECT_TRUE(divide_rounded(least, greatest) == -1);
    EXPECT_TRUE(divide_rounded(greatest / 2, greatest) == 0) << "just below one half";
    EXPECT_TRUE(divide_rounded(greatest / 2 + 1, greatest) == 1) << "just above one half";
    EXPECT_TRUE(divide_rounded(-(greatest / 2) - 1, greatest) == -1);
}

RC_GTEST_PROP(DivideRounded, LiesWithinHalfADivisor, ()) {
    const Wide numerator = *rc::gen::arbitrary<std::int64_t>();
    const Wide denominator = *rc::gen::inRange<std::int64_t>(1, INT64_MAX);
    const Wide rounded = divide_rounded(numerator, denominator);
    const Wide off = rounded * denominator - numerator;
    RC_ASSERT(2 * (off < 0 ? -off : off) <= denominator);
    RC_ASSERT(divide_rounded(-numerator, denominator) == -rounded);
}

// ---- sharing out ------------------------------------------------------------------------------

std::vector<std::int64_t> shares(std::int64_t total, const std::vector<std::int64_t>& weights) {
    std::vector<Amount> parts(weights.size());
    share_out({total}, weights, parts);
    std::vector<std::int64_t> minors;
    for (const Amount part : parts)
        minors.push_back(part.minor);
    return minors;
}

using Shares = std::vector<std::int64_t>;

TEST(ShareOut, SplitsTheDiscountOfTheDomainPage) {
    EXPECT_EQ(shares(1000, {100'000, 5'000}), (Shares{952, 48}));
}

TEST(ShareOut, GivesTiesToTheFirst) {
    EXPECT_EQ(shares(100, {1, 1, 1}), (Shares{34, 33, 33}));
    EXPECT_EQ(shares(101, {1, 1, 1}), (Shares{34, 34, 33}));
    EXPECT_EQ(shares(1, {5, 5}), (Shares{1, 0}));
    EXPECT_EQ(shares(-100, {1, 1, 1}), (Shares{-34, -33, -33}));
}

TEST(ShareOut, GivesNothingToAWeightOfZero) {
    EXPECT_EQ(shares(7, {0, 3, 0, 3}), (Shares{0, 4, 0, 3}));
    EXPECT_EQ(shares(0, {1, 2}), (Shares{0, 0}));
}

TEST(ShareOut, DoesNotOverflow) {
    EXPECT_EQ(shares(kAmountMax, {INT64_MAX, INT64_MAX}), (Shares{kAmountMax / 2, kAmountMax / 2}));
}

RC_GTEST_PROP(ShareOut, SumsExactlyAndStaysWithinOneUnitOfFair, ()) {
    const std::int64_t total = *rc::gen::inRange(-kAmountMax, kAmountMax);
    auto weights = *rc::gen::container<std::vector<std::int64_t>>(rc::gen::oneOf(
        rc::gen::inRange<std::int64_t>(0, 5), rc::gen::inRange<std::int64_t>(0, kAmountMax)));
    weights.push_back(1 + *rc::gen::inRange<std::int64_t>(0, 100));
    const auto parts = shares(total, weights);
    RC_ASSERT(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == total);
    const Wide sum = std::accumulate(weights.begin(), weights.end(), Wide{0});
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Wide off = Wide{parts[i]} * sum - Wide{total} * weights[i];
        RC_ASSERT((off < 0 ? -off : off) < sum);
    }
}

TEST(AmountDeathTest, StopsBeforeASumOverflows) {
    EXPECT_DEATH(static_cast<void>(Amount{INT64_MAX} + Amount{1}), "a sum of amounts fits");
}

} // namespace
} // namespace daybook
