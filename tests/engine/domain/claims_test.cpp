#include "engine/domain/claims.h"

#include "tests/support/builders.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

TEST(Claims, FoldTheLettersThatFrenchWrites) {
    EXPECT_EQ(product_code_claim("AB-1"), product_code_claim("ab-1"));
    EXPECT_EQ(product_code_claim(" AB-1\t"), product_code_claim("ab-1"));
    EXPECT_EQ(product_code_claim("ÉTÉ-À-ÇÔŒÆŸÞ"), product_code_claim("été-à-çôœæÿþ"));
    EXPECT_NE(product_code_claim("ete"), product_code_claim("été"));
    EXPECT_NE(product_code_claim("3×4"), product_code_claim("3÷4")); // × and ÷ are no case pair.
    EXPECT_NE(product_code_claim("AB 1"), product_code_claim("AB1"));
    EXPECT_EQ(product_code_claim("\xC3"), product_code_claim("\xC3")); // Cut short, not read past.
}

TEST(Claims, OfOneKindDoNotMeetThoseOfAnother) {
    EXPECT_NE(product_code_claim("A"), client_code_claim("A"));
    EXPECT_NE(product_code_claim("A"), series_pattern_claim("A"));
}

TEST(Claims, OfPatternsIgnoreWidthSinceNumbersOutgrowIt) {
    EXPECT_EQ(series_pattern_claim("FA-{yyyy}-{n:6}"), series_pattern_claim("fa-{yyyy}-{n:4}"));
    EXPECT_EQ(series_pattern_claim("FA-{yyyy}-{n:6}"), series_pattern_claim("FA-{yyyy}-{n}"));
    EXPECT_NE(series_pattern_claim("FA-{yyyy}-{n:6}"), series_pattern_claim("FB-{yyyy}-{n:6}"));
    EXPECT_NE(series_pattern_claim("FA-{yyyy}-{n:6}"), series_pattern_claim("FA-{yy}-{n:6}"));
    EXPECT_EQ(series_pattern_claim("FA-{n:"), series_pattern_claim("FA-{n:")); // Does not hang.
}

TEST(Claims, OfSourcesAreReadInOneWayOnly) {
    const External row{.system = "erp", .table = "invoices", .id = {}, .row = 7};
    External other = row;
    other.file_sha256 = Hash{}; // Sameness is not by file.
    EXPECT_EQ(source_claim(row), source_claim(other));
    other = row;
    other.row = 8;
    EXPECT_NE(source_claim(row), source_claim(other));
    other = row;
    other.id = "7";
    EXPECT_NE(source_claim(row), source_claim(other));
    EXPECT_NE(source_claim({.system = "a", .table = "bc", .id = "1"}),
              source_claim({.system = "ab", .table = "c", .id = "1"}));
}

TEST(Claims, FollowFromTheState) {
    EXPECT_TRUE(claims_of(State{}).empty());
    EXPECT_TRUE(claims_of(CompanyState{}).empty());
    ClientState client{.profile = business("Dupont SA")};
    EXPECT_TRUE(claims_of(client).empty());
    client.profile.party.code = "D1";
    client.archived = true; // An archived thing may come back, so it keeps its name.
    EXPECT_EQ(claims_of(client), std::vector{client_code_claim("D1")});
    EXPECT_EQ(claims_of(ProductState{.profile = {.code = "P"}}),
              std::vector{product_code_claim("P")});
    EXPECT_EQ(claims_of(SeriesState{.series = {.pattern = "FA-{n:6}"}, .closed = true}),
              std::vector{series_pattern_claim("FA-{n:6}")});
}

} // namespace
} // namespace daybook::tests
