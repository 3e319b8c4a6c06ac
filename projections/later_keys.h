// How a walk at a moment gets past keys that came after it: where one is met, all that are known to
// have come later too are stepped over at once. Two things say so. A key that ends in a place
// cannot be older than its thing, and those of one value lie in order of creation. And of blocks of
// an order the views keep when they began (order_blocks.h).
#pragma once

#include "projections/rows.h"

#include <set>

namespace daybook::projections {

class LaterKeys {
  public:
    // Keys from `from` on and before `until`, which is empty where nothing follows.
    struct Stretch {
        std::string from;
        std::string until;
    };

    // `rows` show the moment.
    LaterKeys(const Rows& rows, Table table, Revision moment)
        : rows_(rows), table_(table), moment_(moment) {}

    // The stretch around a key that came later; nothing: of its neighbours nothing is known.
    Result<std::optional<Stretch>> around(std::string_view key);

  private:
    Result<std::optional<Stretch>> block_around(std::string_view order_key);
    std::optional<Stretch> rest_of_value(std::string_view key) const;

    const Rows& rows_;
    Table table_;
    Revision moment_;
    std::set<std::string> begun_; // Blocks that had begun by the moment.
};

} // namespace daybook::projections
