// Rows of one line at one moment: all that layers and queries know of storage. Whoever reads them
// cannot tell now from then, nor what is stored from what is about to be.
#pragma once

#include "events/base/result.h"
#include "projections/table_keys.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace daybook::projections {

enum class Direction { forward, backward };

class Rows {
  public:
    // False = enough. The views live until it returns.
    using Visit = std::function<Result<bool>(std::string_view key, std::string_view row)>;

    virtual ~Rows() = default;
    virtual Result<std::optional<std::string>> get(Table table, std::string_view key) const = 0;
    // Where a thing stands in order of creation, whether it existed at the moment or came later.
    virtual Result<std::optional<PlacedThing>> place(EntityRef thing) const = 0;
    // Rows with from <= key < until in key order, or backwards; an empty `until` is no bound.
    virtual Result<void> scan(Table table, std::string_view from, std::string_view until,
                              Direction direction, const Visit& visit) const = 0;

    Result<void> scan_prefix(Table table, std::string_view prefix, const Visit& visit) const {
        return scan(table, prefix, after_prefix(prefix), Direction::forward, visit);
    }
};

} // namespace daybook::projections
