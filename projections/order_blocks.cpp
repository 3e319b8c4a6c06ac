#include "projections/order_blocks.h"

#include "projections/bytes.h"
#include "projections/table_keys.h"

#include <initializer_list>

namespace daybook::projections {
namespace {

constexpr std::size_t kPrefixBytes = 2; // Kind, order.
// Who numbers at greater length gains nothing by the last blocks.
constexpr std::size_t kBeginningBytesMax = 32;

Block block_of_days(const std::string& prefix, std::uint32_t first, unsigned bits) {
    Block block{prefix, prefix, prefix};
    block.key += static_cast<char>(bits);
    log::append_big_endian(block.key, first);
    log::append_big_endian(block.from, first);
    log::append_big_endian(block.until, first + ((1U << bits) - 1));
    block.until = after_prefix(block.until);
    return block;
}

std::vector<Block> blocks_of_date(const std::string& prefix, std::string_view value) {
    std::vector<Block> blocks;
    const auto days = ByteReader(value).number<std::uint32_t>();
    for (const unsigned bits : {4U, 8U})
        blocks.push_back(block_of_days(prefix, days >> bits << bits, bits));
    return blocks;
}

std::vector<Block> blocks_of_number(const std::string& prefix, std::string_view value) {
    std::vector<Block> blocks;
    for (std::size_t size = std::min(value.size(), kBeginningBytesMax); size-- > 0;) {
        const std::string_view beginning = value.substr(0, size);
        if (value[size] < '0' || value[size] > '9')
            continue;
        const std::string all = prefix + std::string(beginning);
        blocks.push_back(
            {prefix + text_value(beginning), all + '0', all + static_cast<char>('9' + 1)});
    }
    return blocks;
}

} // namespace

std::vector<Block> blocks_of(std::string_view order_key) {
    const std::string prefix(order_key.substr(0, kPrefixBytes));
    const auto kind = static_cast<EntityKind>(order_key[0]);
    const auto order = static_cast<Order>(order_key[1]);
    const std::string_view value =
        order_key.substr(kPrefixBytes, order_key.size() - kPrefixBytes - kPlaceBytes);
    if (order == Order::date)
        return blocks_of_date(prefix, value);
    if (order == Order::number && (kind == EntityKind::invoice || kind == EntityKind::credit_note))
        return blocks_of_number(prefix, value);
    return {};
}

} // namespace daybook::projections
