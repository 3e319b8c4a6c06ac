#include "tests/support/given_when_then.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

ProductProfile lamp_coded(std::string_view code, std::string_view price = "10") {
    ProductProfile profile;
    profile.code = code;
    profile.names = {{"fr", "Lampe"}};
    profile.prices = {{{"EUR"}, decimal(price), PriceSide::without_tax}};
    return profile;
}

ImportList list(std::vector<ListedRow> rows) {
    ImportRecorded record;
    record.import_id = id<ImportId>(80);
    record.file.name = "products.csv";
    return {record, std::move(rows)};
}

TEST(ImportList, CreatesAndChangesInOneCommitAndNotesTheFileLast) {
    Story story;
    story.accepts(CreateProduct{id<ProductId>(70), lamp_coded("L-1")});
    const History events =
        story.accepts(list({{2, ChangeProduct{id<ProductId>(70), lamp_coded("L-1", "12")}},
                            {3, CreateProduct{id<ProductId>(71), lamp_coded("L-2")}}}));
    ASSERT_EQ(events.size(), 3u);
    EXPECT_TRUE(std::holds_alternative<ProductChanged>(events[0].event));
    EXPECT_TRUE(std::holds_alternative<ProductCreated>(events[1].event));
    EXPECT_TRUE(std::holds_alternative<ImportRecorded>(events[2].event));
}

TEST(ImportList, WritesNothingWhenAllIsSoAlready) {
    Story story;
    story.accepts(CreateProduct{id<ProductId>(70), lamp_coded("L-1")});
    EXPECT_TRUE(
        story.accepts(list({{2, ChangeProduct{id<ProductId>(70), lamp_coded("L-1")}}})).empty());
    EXPECT_TRUE(story.accepts(list({})).empty());
}

TEST(ImportList, NamesEveryRowThatIsWrongAndTakesNone) {
    Story story;
    ProductProfile nameless = lamp_coded("L-3");
    nameless.names.front().name.clear();
    const Refusal refusal = story.refuses(
        list({{2, CreateProduct{id<ProductId>(70), lamp_coded("L-1")}},
              {3, CreateProduct{id<ProductId>(71), lamp_coded("l-1")}}, // The same code.
              {4, CreateProduct{id<ProductId>(72), nameless}},
              {5, ChangeProduct{id<ProductId>(73), lamp_coded("L-5")}}}),
        Code::import_broken_row);
    EXPECT_EQ(fault_at(refusal, "/rows/3/code"), "code_taken");
    EXPECT_EQ(fault_at(refusal, "/rows/4/name"), "missing_member");
    EXPECT_EQ(fault_at(refusal, "/rows/5"), "not_found");
    EXPECT_EQ(refusal.faults.size(), 3u);
}

TEST(ImportList, LetsALaterRowTakeACodeThatAnEarlierGaveUp) {
    Story story;
    story.accepts(CreateProduct{id<ProductId>(70), lamp_coded("L-1")});
    story.accepts(list({{2, ChangeProduct{id<ProductId>(70), lamp_coded("L-9")}},
                        {3, CreateProduct{id<ProductId>(71), lamp_coded("L-1")}}}));
}

} // namespace
} // namespace daybook::tests
