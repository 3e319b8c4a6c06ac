// Blocks of an order: stretches of values, of which the views keep when each got its first key. A
// walk at a moment far back steps over a block that was empty then, instead of over each key that
// came since.
//
//     dates      16 days; 256 days
//     numbers    of documents: what goes on with a digit after the same beginning, so of
//                FA-2026-000123 the stretches FA-2026-00012?, FA-2026-0001?, …, FA-?
//
// The blocks of a key lie within each other, and a number of a series begins one in ten times at
// most a new one. Names and codes of all shapes would begin one each time: they have none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daybook::projections {

struct Block {
    std::string key;   // Of table block.
    std::string from;  // The first key of table order that could lie in it,
    std::string until; // and the first behind it.
};

// Of a key of table order; the narrowest first.
std::vector<Block> blocks_of(std::string_view order_key);

} // namespace daybook::projections
