// Rows as values: the texts of a table read under the choices that were made. A row is broken when
// one of its fields cannot be meant; all that are, are told at once.
#pragma once

#include "engine/import/choices.h"
#include "engine/import/dates.h"

namespace daybook::import {

struct Item {
    std::uint64_t line = 0; // Of the file.
    std::string number;     // Of the document, without the blanks around it.
    std::string code;       // As given, blanks and all; so is the description.
    std::string description;
    Decimal quantity;
    Decimal unit_price;
    std::optional<Amount> total; // As stated, in the currency's minor unit.
    WallTime at;
    std::string client; // Empty = none.
    std::string country;
    Currency currency;

    bool operator==(const Item&) const = default;
};

inline constexpr std::size_t kNameMax = 100;    // Bytes of a number, a client's id, a country.
inline constexpr std::size_t kTextMax = 10'000; // Bytes of a code or description.

// Refuses with import_broken_row.
std::expected<std::vector<Item>, domain::Refusal>
read_items(const Table& table, const Columns& columns, const Choices& choices);

} // namespace daybook::import
