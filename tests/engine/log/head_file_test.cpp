#include "engine/log/head_file.h"

#include "tests/support/ok.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daybook::log {
namespace {

using testing::HasSubstr;
using tests::kind_of_failure;
using tests::ok;

Uuid realm() {
    Uuid id;
    id.bytes.fill(0xAB);
    return id;
}

ChainPosition position(std::uint64_t group) {
    return {.realm = realm(), .group = group, .chain = sha256(std::to_string(group)), .bytes = 77};
}

std::string head(std::uint64_t first, std::uint64_t second) {
    return encode_slot(position(first)) + encode_slot(position(second));
}

TEST(HeadFile, DrawsASlotAsDocumented) {
    const std::string slot = encode_slot(position(0x0102));
    ASSERT_EQ(slot.size(), 4096u);
    EXPECT_EQ(slot.substr(0, 16), std::string("DAYBHEAD\0\0\0\1\0\0\0\0", 16));
    EXPECT_EQ(slot.substr(16, 16), std::string(16, '\xAB'));
    EXPECT_EQ(slot.substr(32, 8), std::string("\0\0\0\0\0\0\1\2", 8));
    EXPECT_EQ(slot.substr(72, 8), std::string("\0\0\0\0\0\0\0\x4D", 8));
    EXPECT_EQ(slot.substr(84), std::string(4096 - 84, '\0'));
}

TEST(HeadFile, IsTheNewerOfItsSlots) {
    EXPECT_EQ(ok(decode_head(head(4, 5))), position(5));
    EXPECT_EQ(ok(decode_head(head(6, 5))), position(6));
    EXPECT_EQ(ok(decode_head(head(0, 0))), position(0));
}

TEST(HeadFile, FallsBackToTheOtherSlotWhateverBitOfOneFlips) {
    const std::string sound = head(6, 5);
    for (std::size_t bit = 0; bit < 84 * 8; ++bit) {
        std::string flipped = sound;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
        EXPECT_EQ(ok(decode_head(flipped)), position(5)) << "bit " << bit;
    }
}

TEST(HeadFile, IsDamagedWhenBothSlotsAreAndWhenItsLengthIsWrong) {
    EXPECT_EQ(kind_of_failure(decode_head(std::string(8192, '\0'))), ErrorKind::corrupt);
    EXPECT_EQ(kind_of_failure(decode_head(head(1, 2).substr(1))), ErrorKind::corrupt);
    EXPECT_EQ(kind_of_failure(decode_head("")), ErrorKind::corrupt);
}

TEST(HeadFile, OfANewerFormatIsRefusedInWords) {
    std::string newer = head(4, 5);
    newer[11] = newer[4096 + 11] = 2;
    const auto refused = decode_head(newer);
    EXPECT_EQ(kind_of_failure(refused), ErrorKind::unsupported);
    EXPECT_THAT(refused.error().what, HasSubstr("has format 2; this release reads format 1"));
}

GroupRow row() {
    return {.bytes = 1000,
            .entries = {{Deed::appended, 1, 5, 9, sha256("root")},
                        {Deed::swept, 2, 1, 0, empty_root()}}};
}

TEST(GroupRow, DrawsItsBytesAsDocumentedAndReadsThemBack) {
    const std::string bytes = encode_row(row());
    ASSERT_EQ(bytes.size(), 12u + 2 * 53u);
    EXPECT_EQ(bytes.substr(0, 12), std::string("\0\0\0\0\0\0\x03\xE8\0\0\0\2", 12));
    EXPECT_EQ(bytes.substr(12, 5), std::string("\1\0\0\0\1", 5));
    EXPECT_EQ(bytes.substr(17, 16), std::string("\0\0\0\0\0\0\0\5\0\0\0\0\0\0\0\x09", 16));
    EXPECT_EQ(ok(decode_row(bytes)), row());
}

TEST(GroupRow, IsRefusedUnlessItIsExactlyWhatWouldBeWritten) {
    const std::string bytes = encode_row(row());
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_EQ(kind_of_failure(decode_row(bytes.substr(0, size))), ErrorKind::corrupt) << size;
    EXPECT_EQ(kind_of_failure(decode_row(bytes + "x")), ErrorKind::corrupt);
    GroupRow falling = row();
    std::swap(falling.entries[0], falling.entries[1]);
    EXPECT_EQ(kind_of_failure(decode_row(encode_row(falling))), ErrorKind::corrupt);
    GroupRow unknown = row();
    unknown.entries[0].deed = static_cast<Deed>(9);
    EXPECT_EQ(kind_of_failure(decode_row(encode_row(unknown))), ErrorKind::corrupt);
}

// Which ends of a log fit which heads. The chain is real; each case bends one thing.
TEST(GroupChain, HashesTheLinkBeforeAndTheRow) {
    const std::string bytes = encode_row(row());
    const Hash before = sha256("the group before");
    const std::string link(before.bytes.begin(), before.bytes.end());
    EXPECT_EQ(next_chain(before, bytes), sha256("\x02" + link + bytes));
    EXPECT_NE(next_chain(before, bytes), next_chain(sha256("another"), bytes));
}

TEST(GroupChain, AcceptsExactlyTheHeadAndOneWholeGroupMore) {
    const std::string bytes = encode_row(row());
    const Hash first = next_chain(first_chain(realm()), bytes);
    const ChainPosition at_zero{realm(), 0, first_chain(realm()), 0};
    const ChainPosition at_one{realm(), 1, first, 1000};
    ChainPosition altered = at_one;
    altered.chain = sha256("altered");
    ChainPosition heavier = at_one;
    heavier.bytes = 999;
    ChainPosition elsewhere = at_one;
    elsewhere.realm = Uuid{};
    ChainPosition at_two = at_one;
    at_two.group = 2;

    struct Case {
        const char* what;
        ChainPosition head;
        ChainPosition log;
        const char* says; // Empty = accepted.
    };
    const Case cases[] = {
        {"equal, nothing written yet", at_zero, at_zero, ""},
        {"equal", at_one, at_one, ""},
        {"one ahead", at_zero, at_one, ""},
        {"one behind", at_one, at_zero, "groups 1 to 1 are missing"},
        {"two ahead", at_zero, at_two, "HEAD is older than the log"},
        {"one ahead, other chain", at_zero, altered, "does not continue"},
        {"equal, other chain", at_one, altered, "is not the group that HEAD promises"},
        {"equal, other bytes", at_one, heavier, "999 bytes in the log, "},
        {"other installation", at_one, elsewhere, "HEAD belongs to installation"},
    };
    for (const Case& c : cases) {
        const auto found = find_disagreement(c.head, {c.log, bytes});
        EXPECT_EQ(found.has_value(), *c.says != '\0') << c.what;
        EXPECT_THAT(found.value_or(""), HasSubstr(c.says)) << c.what;
    }
}

} // namespace
} // namespace daybook::log
