// The tables there are, and the keys of their rows. To add a table: a name here, its key below, and
// what a thing contributes to it in contribution.cpp; time, history and rebuilding come by
// themselves (versioned_keys.h).
//
//     table       layer  key                                        row
//     entity      1      kind u8 ‖ place                            card ‖ state   (entity_row.h)
//     settlement  2      invoice ‖ kind u8 ‖ id of who settles it   sum of its live allocations
//     totals      3      (empty)                                    company totals     (totals.h)
//     balance     3      client ‖ currency                          balance            (totals.h)
//     open        3      due_on ‖ place of the invoice              client ‖ due ‖ currency
//     order       3      kind u8 ‖ order u8 ‖ value ‖ place         ""; stays when the thing leaves
//     floor       3      series ‖ period                            highest number whose document
//                                                                   is not there, or that was said
//     block       3      kind u8 ‖ order u8 ‖ see order_blocks.h    ""; stays for ever
// A place is that in order of creation: the thing's first revision u64 ‖ its id. An id has 16
// bytes, a date 4, texts are escaped and terminated (bytes.h): within a table no key is the
// beginning of another, so the versions of one never lie among those of another.
#pragma once

#include "events/base/reflect.h"
#include "events/calendar.h"
#include "events/event.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace daybook::projections {

enum class Table : std::uint8_t {
    entity = 1,
    settlement = 2,
    totals = 3,
    balance = 4,
    open = 5,
    order = 6,
    floor = 7,
    block = 8,
};

// A table whose rows go keeps the newest version apart, where no dead one has to be stepped over.
// The others have history only: their newest version is one seek away, and each key less is time
// saved with every commit.
constexpr bool has_current_rows(Table table) { return table == Table::open; }

constexpr bool ends_in_place(Table table) {
    return table == Table::entity || table == Table::open || table == Table::order;
}

// The orders that a list can be read in without sorting.
enum class Order : std::uint8_t { date = 1, number = 2, name = 3, client = 4 };

// A thing and where it stands in order of creation: at the revision of its first record, which it
// shares with no other thing of its line.
struct PlacedThing {
    EntityRef thing;
    Revision first = 0;
};

std::string entity_key(const PlacedThing& placed);
std::string settlement_key(Uuid invoice, EntityRef by);
std::string balance_key(ClientId client, const Currency& currency);
std::string open_key(Date due_on, const PlacedThing& invoice);
std::string floor_key(SeriesId series, std::string_view period);

std::string kind_prefix(EntityKind kind);
std::string order_prefix(EntityKind kind, Order order);
std::string date_value(Date date);
std::string text_value(std::string_view text);
std::string id_value(const Uuid& id);
std::string thing_value(EntityRef thing);
std::optional<EntityRef> parse_thing_value(std::string_view bytes);
std::string place_value(const PlacedThing& placed);

constexpr std::size_t kPlaceBytes = sizeof(Revision) + sizeof(Uuid::bytes);
// The last bytes of keys that end in the place of a thing of that kind.
PlacedThing place_at_end(EntityKind kind, std::string_view key);
Revision first_revision_at_end(std::string_view key);
std::optional<PlacedThing> parse_entity_key(std::string_view key);

// The smallest bytes above everything that starts with `prefix`; empty when there are none.
std::string after_prefix(std::string_view prefix);

} // namespace daybook::projections
