// Which column means what, from the names in the header: any order, any case, the spellings that
// programs really use. A mapping given by a person wins over what a name suggests.
#pragma once

#include "engine/import/csv_reader.h"
#include "engine/import/import_options.h"
#include "events/base/reflect.h"

#include <array>
#include <span>

namespace daybook::import {

struct Columns {
    std::array<std::optional<std::size_t>, kEnumCount<Role>> places;
    std::vector<std::string> names;   // Of all columns, for messages; "#3" where there is none.
    std::vector<std::size_t> ignored; // What no role was found for.
    // The name that source ids are valid under: two files with the same are of one system, so that
    // an invoice met twice is one invoice, whatever else the files add.
    std::string system;

    bool has(Role role) const { return place(role).has_value(); }
    std::optional<std::size_t> place(Role role) const {
        return places[static_cast<std::size_t>(role)];
    }
    // The column's own name; the role's where there is no such column.
    std::string name(Role role) const;
    // The field of that role; empty where there is no such column.
    std::string_view field(const Row& row, Role role) const;
};

// Refuses with unknown_format, saying what was found and what is missing: number, quantity, date
// and unit_price are needed; a role may be held by one column only.
std::expected<Columns, domain::Refusal> recognise(const Row& header,
                                                  std::span<const MappedColumn> mapping);

} // namespace daybook::import
