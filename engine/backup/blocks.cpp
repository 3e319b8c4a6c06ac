#include "engine/backup/blocks.h"

#include "engine/backup/little_endian.h"

namespace daybook::backup {
namespace {

constexpr std::size_t kSizeBytes = 4;

} // namespace

void append_item(std::string& block, std::string_view item) {
    append_little_endian(block, static_cast<std::uint32_t>(item.size()));
    block += item;
}

Result<std::vector<std::string_view>> split_block(std::string_view block) {
    std::vector<std::string_view> items;
    for (std::size_t at = 0; at < block.size();) {
        const std::size_t left = block.size() - at;
        if (left < kSizeBytes || read_little_endian<std::uint32_t>(block, at) > left - kSizeBytes)
            return fail(ErrorKind::corrupt,
                        "the item at offset " + std::to_string(at) + " is longer than its block");
        const std::size_t size = read_little_endian<std::uint32_t>(block, at);
        items.push_back(block.substr(at + kSizeBytes, size));
        at += kSizeBytes + size;
    }
    return items;
}

} // namespace daybook::backup
