// Layer 1: one row a thing, a function of its state and of nothing else (design 2.3).
//
//     row:  bytes of the card u32 ‖ card, a FlatBuffer ‖ state, a FlatBuffer; none when the thing
//           is gone by a rollback
//
// The kind of the thing, which is in its key, says which state follows.
#pragma once

#include "projections/card.h"
#include "projections/rows.h"

namespace daybook::projections {

std::string encode_entity_row(const EntityRow& row, const Card& card);
Result<EntityRow> decode_entity_row(EntityKind kind, std::string_view bytes);
// The card alone; the state is not looked at.
Result<Card> decode_card(std::string_view bytes);

Result<std::optional<EntityRow>> find_entity(const Rows& rows, const PlacedThing& placed);
Result<std::optional<EntityRow>> find_entity(const Rows& rows, EntityRef thing);
Result<std::optional<Card>> find_card(const Rows& rows, const PlacedThing& placed);

} // namespace daybook::projections
