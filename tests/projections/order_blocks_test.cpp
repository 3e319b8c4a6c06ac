// Blocks of an order: each key lies in its own, each block in the next, and what two keys share is
// the same block.
#include "projections/order_blocks.h"

#include "projections/table_keys.h"
#include "tests/support/builders.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::tests {
namespace {

using projections::Block;
using projections::blocks_of;
using projections::Order;

const projections::PlacedThing kPlaced{{EntityKind::invoice, uuid(1)}, 7};

std::string key_of(const std::string& value, Order order, EntityKind kind = EntityKind::invoice) {
    return projections::order_prefix(kind, order) + value + projections::place_value(kPlaced);
}
std::string number_key(std::string_view number) {
    return key_of(projections::text_value(number), Order::number);
}
std::string date_key(Date date) { return key_of(projections::date_value(date), Order::date); }

bool holds(const Block& block, const std::string& key) {
    return block.from <= key && key < block.until;
}

TEST(OrderBlocks, OfANumberAreWhatGoesOnWithADigitAfterEachOfItsBeginnings) {
    const std::vector<Block> blocks = blocks_of(number_key("FA-26-07"));
    ASSERT_EQ(blocks.size(), 4U);
    for (const char* inside : {"FA-26-00", "FA-26-09", "FA-26-0999"})
        EXPECT_TRUE(holds(blocks[0], number_key(inside))) << inside;
    for (const char* outside : {"FA-26-0", "FA-26-0A", "FA-26-10", "FA-26-"})
        EXPECT_FALSE(holds(blocks[0], number_key(outside))) << outside;
    EXPECT_TRUE(holds(blocks[1], number_key("FA-26-99")));
    EXPECT_FALSE(holds(blocks[1], number_key("FA-27-00")));
    EXPECT_TRUE(holds(blocks[3], number_key("FA-99")));
    EXPECT_FALSE(holds(blocks[3], number_key("AV-26-07")));
}

TEST(OrderBlocks, OfADateAreSixteenDaysAndTwoHundredAndFiftySix) {
    const std::vector<Block> blocks = blocks_of(date_key({256 + 17}));
    ASSERT_EQ(blocks.size(), 2U);
    EXPECT_TRUE(holds(blocks[0], date_key({256 + 16})));
    EXPECT_TRUE(holds(blocks[0], date_key({256 + 31})));
    EXPECT_FALSE(holds(blocks[0], date_key({256 + 15})));
    EXPECT_FALSE(holds(blocks[0], date_key({256 + 32})));
    EXPECT_TRUE(holds(blocks[1], date_key({256})));
    EXPECT_TRUE(holds(blocks[1], date_key({511})));
    EXPECT_FALSE(holds(blocks[1], date_key({255})));
    EXPECT_FALSE(holds(blocks[1], date_key({512})));
}

TEST(OrderBlocks, AreFewHoweverLongANumberIs) {
    EXPECT_LE(blocks_of(number_key(std::string(200, '1'))).size(), 32U);
    EXPECT_TRUE(blocks_of(number_key("without digits")).empty());
}

TEST(OrderBlocks, AreNotKeptOfNamesAndCodes) {
    const std::string text = projections::text_value("C0123");
    EXPECT_TRUE(blocks_of(key_of(text, Order::name, EntityKind::client)).empty());
    EXPECT_TRUE(blocks_of(key_of(text, Order::number, EntityKind::client)).empty());
}

// What a walk relies on: whoever lies in a block has begun it.
void expect_agreement(const std::string& one, const std::string& other) {
    const std::vector<Block> others = blocks_of(other);
    for (const Block& block : blocks_of(one)) {
        RC_ASSERT(holds(block, one));
        const bool named =
            std::ranges::any_of(others, [&](const Block& each) { return each.key == block.key; });
        RC_ASSERT(named == holds(block, other));
    }
}

RC_GTEST_PROP(OrderBlocks, HoldExactlyTheKeysThatNameThem, ()) {
    const auto number = [] {
        return number_key(*rc::gen::container<std::string>(
            rc::gen::element('0', '5', '9', '-', 'A', '\0', '/', ':')));
    };
    const auto day = [] { return date_key({*rc::gen::inRange(-600, 600)}); };
    expect_agreement(number(), number());
    expect_agreement(day(), day());
}

} // namespace
} // namespace daybook::tests
