// The order of a list, and where a thing stands in it: a place is bytes that compare as the list
// runs, whatever the keys and their directions.
//
//     place   one part for each key
//     part    '1' ‖ value, every bit of the value turned where the key descends; or '2', no value
//
// So things without a value (a draft has no number) come last in either direction. The last key is
// always creation, whose value is first revision ‖ id: no two things share a place. Values are
// those of table order, where none is the beginning of another.
#pragma once

#include "projections/card.h"
#include "projections/snapshot.h"
#include "projections/table_keys.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::projections {

class ListSort {
  public:
    // Keys after creation say nothing; where it is missing, it is added, in the last direction.
    explicit ListSort(std::vector<SortBy> keys);

    SortBy first() const { return keys_.front(); }
    // The order of the first key that is kept in table order, if it is.
    std::optional<Order> first_order() const;
    // Rows in the order of the first key, and of creation among equals, are in the order of the
    // list.
    bool is_settled_by_first() const;

    std::string place_of(EntityRef thing, const Card& card) const;
    // The first key's value at a place; nothing where the thing had none. Of bytes that are no
    // place, any value: a cursor may come from anywhere.
    std::optional<std::string> first_value_at(std::string_view place) const;
    // The value of creation at a place, likewise.
    std::string creation_at(std::string_view place) const;

  private:
    std::vector<SortBy> keys_;
};

} // namespace daybook::projections
