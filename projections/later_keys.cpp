#include "projections/later_keys.h"

#include "engine/log/big_endian.h"
#include "projections/order_blocks.h"

#include <algorithm>

namespace daybook::projections {

Result<std::optional<LaterKeys::Stretch>> LaterKeys::around(std::string_view key) {
    if (table_ == Table::order)
        if (auto block = TRY(block_around(key)))
            return block;
    return rest_of_value(key);
}

// The widest that was still empty.
Result<std::optional<LaterKeys::Stretch>> LaterKeys::block_around(std::string_view order_key) {
    std::vector<Block> blocks = blocks_of(order_key);
    std::ranges::reverse(blocks);
    for (Block& block : blocks) {
        if (begun_.contains(block.key))
            continue;
        if (!TRY(rows_.get(Table::block, block.key)))
            return Stretch{std::move(block.from), std::move(block.until)};
        begun_.insert(std::move(block.key));
    }
    return std::nullopt;
}

// Things of the same value that were created after the moment.
std::optional<LaterKeys::Stretch> LaterKeys::rest_of_value(std::string_view key) const {
    if (!ends_in_place(table_) || first_revision_at_end(key) <= moment_)
        return std::nullopt;
    const std::string value(key.substr(0, key.size() - kPlaceBytes));
    Stretch rest{value, after_prefix(value)};
    log::append_big_endian(rest.from, moment_ + 1);
    return rest;
}

} // namespace daybook::projections
