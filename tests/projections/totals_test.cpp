// Sums that only ever add and subtract, the bytes they are kept in, and the keys things have.
#include "projections/bytes.h"
#include "projections/search_text.h"
#include "projections/table_keys.h"
#include "projections/totals.h"
#include "tests/support/builders.h"
#include "tests/support/ok.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::tests {
namespace {

using namespace projections;

Wide random_wide() {
    const auto high = *rc::gen::arbitrary<std::int64_t>();
    const auto low = *rc::gen::arbitrary<std::uint32_t>();
    return static_cast<Wide>(high) * 1'000'000'007 + low;
}

CompanyTotals random_totals() {
    CompanyTotals totals;
    totals.counts.clients = *rc::gen::inRange(-9, 10);
    totals.counts.issued = *rc::gen::inRange(-9, 10);
    for (const char* currency : {"EUR", "JPY"})
        if (*rc::gen::arbitrary<bool>()) {
            Balance& balance = totals.balances[currency];
            balance.due = random_wide();
            balance.open_invoices = 1;
            balance.due_by_month[*rc::gen::inRange(24'000, 24'003)] = 1 + *rc::gen::inRange(0, 9);
        }
    return totals;
}

RC_GTEST_PROP(Totals, AreAGroup, ()) {
    const CompanyTotals a = random_totals();
    const CompanyTotals b = random_totals();
    CompanyTotals ab = a;
    ab += b;
    CompanyTotals ba = b;
    ba += a;
    RC_ASSERT(ab == ba);
    ab += -b;
    RC_ASSERT(ab == a);
    ab += -a;
    RC_ASSERT(ab == CompanyTotals{});
}

RC_GTEST_PROP(Totals, AreReadAsTheyWereWritten, ()) {
    const CompanyTotals totals = random_totals();
    RC_ASSERT(ok(decode_totals(encode(totals))) == totals);
    const std::string bytes = encode(totals);
    if (!totals.balances.empty())
        RC_ASSERT(!decode_totals(std::string_view(bytes).substr(0, bytes.size() - 1)).has_value());
}

RC_GTEST_PROP(Bytes, KeepSumsOfAnySize, ()) {
    const Wide value = random_wide() * *rc::gen::arbitrary<std::int32_t>();
    std::string bytes;
    append_sum(bytes, value);
    ByteReader reader(bytes);
    RC_ASSERT(reader.sum() == value);
    RC_ASSERT(reader.finished());
}

RC_GTEST_PROP(Bytes, SortTextsAndDatesAsTheyAre, ()) {
    const auto text = rc::gen::container<std::string>(rc::gen::element('\0', 'a', '\xff', '\1'));
    const std::string a = *text;
    const std::string b = *text;
    RC_ASSERT((text_value(a) < text_value(b)) == (a < b));
    RC_ASSERT(a == b || !text_value(a).starts_with(text_value(b))); // No key begins another.
    RC_ASSERT(ByteReader(text_value(a)).text() == a);
    const Date early{*rc::gen::arbitrary<std::int32_t>()};
    const Date late{*rc::gen::arbitrary<std::int32_t>()};
    RC_ASSERT((date_value(early) < date_value(late)) == (early < late));
    RC_ASSERT(ByteReader(date_value(early)).date() == early);
}

TEST(Totals, AreWrittenWithTheDigitsOfTheirCurrency) {
    EXPECT_EQ(to_text(Wide{123456}, Currency{"EUR"}), "1234.56");
    EXPECT_EQ(to_text(Wide{-5}, Currency{"EUR"}), "-0.05");
    EXPECT_EQ(to_text(Wide{0}, Currency{"EUR"}), "0.00");
    EXPECT_EQ(to_text(Wide{1500}, Currency{"JPY"}), "1500");
    EXPECT_EQ(to_text(Wide{0}, Currency{"JPY"}), "0");
    EXPECT_EQ(to_text(Wide{kAmountMax} * kAmountMax, Currency{"EUR"}),
              "10000000000000000000000000000.00");
}

TEST(Totals, KnowWhatFellDueInMonthsGoneBy) {
    Balance balance;
    balance.due_by_month = {{month_of(date("2025-12-31")), 1},
                            {month_of(date("2026-01-01")), 10},
                            {month_of(date("2026-02-01")), 100}};
    EXPECT_EQ(due_in_past_months(balance, date("2026-02-28")), Wide{11});
    EXPECT_EQ(due_in_past_months(balance, date("2026-01-01")), Wide{1});
    EXPECT_EQ(first_day(month_of(date("2026-12-31"))), date("2026-12-01"));
}

TEST(SearchText, ForgetsAccentsAndCase) {
    EXPECT_EQ(fold_text("Électricité"), fold_text("ELECTRICITE"));
    EXPECT_EQ(fold_text("Cœur"), "coeur");
    EXPECT_EQ(fold_text("Straße"), fold_text("STRASSE"));
    EXPECT_EQ(fold_text("ŁÓDŹ"), fold_text("łódź"));
    EXPECT_EQ(fold_text("Ünal"), "unal");
    EXPECT_EQ(fold_text("東京"), "東京");
    EXPECT_EQ(fold_text("e\xCC\x81"), "e");
    EXPECT_EQ(fold_text("FA-2026-000042"), "fa-2026-000042");
    EXPECT_NE(fold_text("Dupont"), fold_text("Dupond"));
}

} // namespace
} // namespace daybook::tests
