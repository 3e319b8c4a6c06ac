#include "engine/backup/blocks.h"

#include "engine/backup/deflate.h"
#include "engine/backup/zstd_frame.h"
#include "tests/support/ok.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace daybook::backup {
namespace {

using tests::kind_of_failure;
using tests::ok;

std::string block_of(const std::vector<std::string>& items) {
    std::string block;
    for (const std::string& item : items)
        append_item(block, item);
    return block;
}

RC_GTEST_PROP(Blocks, GiveBackWhatWasPutIn, (const std::vector<std::string>& items)) {
    const std::string block = ok(from_zstd(to_zstd(block_of(items)), 1 << 20));
    const auto found = ok(split_block(block));
    RC_ASSERT(std::vector<std::string>(found.begin(), found.end()) == items);
}

RC_GTEST_PROP(Blocks, WithAnyByteChangedAreRefusedOrSayAllTheirBytes,
              (const std::vector<std::string>& items)) {
    std::string block = block_of(items);
    RC_PRE(!block.empty());
    const auto at = *rc::gen::inRange<std::size_t>(0, block.size());
    block[at] = static_cast<char>(block[at] ^ *rc::gen::inRange(1, 256));
    const auto found = split_block(block);
    RC_ASSERT((!found || block_of({found->begin(), found->end()}) == block));
}

RC_GTEST_PROP(Blocks, AreRefusedWhenTheyAreCut, (const std::vector<std::string>& items)) {
    const std::string block = block_of(items);
    RC_PRE(!block.empty());
    const auto cut = *rc::gen::inRange<std::size_t>(0, block.size());
    const auto found = split_block(std::string_view(block).substr(0, cut));
    RC_ASSERT((!found || found->size() < items.size()));
}

TEST(ZstdFrame, IsRefusedWhenItUnfoldsToMoreThanIsAllowed) {
    const std::string bomb = to_zstd(std::string(1 << 20, '\0'));
    EXPECT_LT(bomb.size(), 200u);
    EXPECT_EQ(kind_of_failure(from_zstd(bomb, (1 << 20) - 1)), ErrorKind::corrupt);
}

TEST(ZstdFrame, IsRefusedWithAnythingBehindItOrMissing) {
    const std::string frame = to_zstd("content");
    EXPECT_EQ(ok(from_zstd(frame, 100)), "content");
    EXPECT_FALSE(from_zstd(frame + frame, 100).has_value());
    EXPECT_FALSE(from_zstd(frame + "x", 100).has_value());
    EXPECT_FALSE(from_zstd(frame.substr(0, frame.size() - 1), 100).has_value());
    EXPECT_FALSE(from_zstd("", 100).has_value());
}

RC_GTEST_PROP(Deflate, GivesBackWhatWasPutInPieceByPiece,
              (const std::vector<std::string>& pieces)) {
    Deflater deflater;
    std::string deflated, whole, back;
    for (const std::string& piece : pieces) {
        deflater.add(piece, deflated);
        whole += piece;
    }
    deflater.end(deflated);
    Inflater inflater;
    for (const char byte : deflated)
        ok(inflater.add({&byte, 1}, [&](std::string_view piece) -> Result<void> {
            back += piece;
            return {};
        }));
    RC_ASSERT(inflater.ended());
    RC_ASSERT(back == whole);
    RC_ASSERT(!inflater.add("x", [](std::string_view) { return Result<void>(); }).has_value());
}

} // namespace
} // namespace daybook::backup
