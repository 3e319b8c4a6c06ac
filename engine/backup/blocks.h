// A block: items one behind the other, each after its size. What the size prefix of FlatBuffers is,
// so `flatc --size-prefixed` reads the first record of a block as it stands.
//
//     0      u32   size of the item, little-endian
//     4      item
//     …
#pragma once

#include "events/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace daybook::backup {

void append_item(std::string& block, std::string_view item);
// The items, views into `block`. ErrorKind::corrupt, with the offset, when sizes and bytes
// disagree.
Result<std::vector<std::string_view>> split_block(std::string_view block);

} // namespace daybook::backup
