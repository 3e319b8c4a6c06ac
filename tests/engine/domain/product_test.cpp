#include "tests/support/given_when_then.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

const ProductId kProduct = id<ProductId>(70);

ProductProfile lamp(std::string_view code = "L-1") {
    ProductProfile profile;
    profile.code = code;
    profile.names = {{"fr", "Lampe"}};
    profile.prices = {{{}, decimal("19.990001"), PriceSide::without_tax}};
    profile.taxes = {vat("20")};
    return profile;
}

TEST(Product, IsPricedInTheCompanysCurrencyUnlessItSaysAnother) {
    Story story;
    ProductProfile profile = lamp();
    profile.prices.push_back({{"CHF"}, decimal("-1"), PriceSide::with_tax});
    const auto created = only<ProductCreated>(story.accepts(CreateProduct{kProduct, profile}));
    EXPECT_EQ(created.profile.prices[0].currency.code, "EUR");
    EXPECT_EQ(created.profile.prices[0].amount, decimal("19.990001"));
    EXPECT_EQ(created.profile.prices[1].currency.code, "CHF");
    EXPECT_TRUE(story.accepts(ChangeProduct{kProduct, profile}).empty());
}

TEST(Product, IsToldEveryFaultAtOnce) {
    Story story;
    ProductProfile profile = lamp(" ");
    profile.names.clear();
    profile.description = std::string(10'001, 'x');
    profile.prices = {{{"EUR"}, {kDecimalMax + 1}, {}}, {{"XXX"}, decimal("1"), {}}};
    profile.taxes = {vat("20"), vat("20"), vat("20"), vat("20"), vat("20"), Tax{}};
    profile.taxes[0].rate = {-1};
    profile.taxes[1].compound_on = "GST";
    const Refusal refusal = story.refuses(CreateProduct{kProduct, profile}, Code::invalid_input);
    EXPECT_EQ(fault_at(refusal, "/code"), "missing_member");
    EXPECT_EQ(fault_at(refusal, "/name"), "missing_member");
    EXPECT_EQ(fault_at(refusal, "/description"), "text_too_long");
    EXPECT_EQ(fault_at(refusal, "/unit_price"), "out_of_range");
    EXPECT_EQ(fault_at(refusal, "/prices/1/currency"), "unknown_currency");
    EXPECT_EQ(fault_at(refusal, "/taxes"), "too_many_taxes");
    EXPECT_EQ(fault_at(refusal, "/taxes/0/rate"), "out_of_range");
    EXPECT_EQ(fault_at(refusal, "/taxes/1/compound_on"), "not_supported_yet");
    EXPECT_EQ(fault_at(refusal, "/taxes/5/scheme"), "missing_member");
    EXPECT_EQ(fault_at(refusal, "/taxes/5/category"), "missing_member");
    EXPECT_EQ(refusal.faults.size(), 10U) << describe(refusal);
}

TEST(Product, HasACodeOfItsOwn) {
    Story story;
    story.accepts(CreateProduct{kProduct, lamp("L-1")});
    const Refusal refusal =
        story.refuses(CreateProduct{id<ProductId>(71), lamp("l-1")}, Code::code_taken);
    EXPECT_EQ(fault_at(refusal, "/code"), "code_taken");
    EXPECT_EQ(refusal.facts, (std::vector{NamedText{"held_by_kind", "product"},
                                          NamedText{"held_by_id", to_text(kProduct)}}));
    story.accepts(CreateProduct{id<ProductId>(71), lamp("L-2")});
    story.refuses(ChangeProduct{id<ProductId>(71), lamp("L-1")}, Code::code_taken);
}

TEST(Product, ListsWhatChanged) {
    Story story;
    story.accepts(CreateProduct{kProduct, lamp()});
    ProductProfile profile = lamp();
    profile.prices[0].amount = decimal("21");
    profile.unit = "pièce";
    EXPECT_EQ(only<ProductChanged>(story.accepts(ChangeProduct{kProduct, profile})).changed,
              (std::vector<std::string>{"unit", "prices"}));
}

TEST(Product, IsArchivedAndTakenOutOnce) {
    Story story;
    story.accepts(CreateProduct{kProduct, lamp()});
    story.refuses(UnarchiveProduct{kProduct, {}}, Code::not_archived);
    story.accepts(ArchiveProduct{kProduct, {}});
    story.refuses(ArchiveProduct{kProduct, {}}, Code::already_archived);
    story.accepts(UnarchiveProduct{kProduct, {}});
}

TEST(Product, MustExist) {
    Story story;
    story.refuses(ChangeProduct{kProduct, lamp()}, Code::not_found);
    story.refuses(ArchiveProduct{kProduct, {}}, Code::not_found);
    story.refuses(UnarchiveProduct{kProduct, {}}, Code::not_found);
}

} // namespace
} // namespace daybook::tests
