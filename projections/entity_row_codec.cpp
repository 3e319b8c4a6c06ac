#include "events/codec/flat.h"
#include "projections/bytes.h"
#include "projections/entity_row.h"

namespace daybook::projections {
namespace {

struct Parts {
    std::string_view card;
    std::string_view state;
};

Result<Parts> split(std::string_view bytes) {
    ByteReader reader(bytes);
    const auto card_bytes = reader.number<std::uint32_t>();
    Parts parts;
    parts.card = reader.take(card_bytes);
    if (parts.card.empty())
        return fail(ErrorKind::corrupt, "an entity row of the views is too short");
    parts.state = bytes.substr(sizeof(std::uint32_t) + card_bytes);
    return parts;
}

template <std::size_t I = 1>
Result<domain::State> decode_state(EntityKind kind, std::string_view bytes) {
    if constexpr (I == std::variant_size_v<domain::AnyState>) {
        return fail(ErrorKind::corrupt, "a thing of this kind has no state");
    } else {
        using S = std::variant_alternative_t<I, domain::AnyState>;
        static const EntityKind own = domain::kind_of(S{});
        if (own == kind)
            return domain::State(TRY(flat::decode<S>(bytes)));
        return decode_state<I + 1>(kind, bytes);
    }
}

} // namespace

std::string encode_entity_row(const EntityRow& row, const Card& card) {
    const std::string card_bytes = flat::encode(card);
    std::string bytes;
    log::append_big_endian(bytes, static_cast<std::uint32_t>(card_bytes.size()));
    bytes += card_bytes;
    std::visit(
        [&](const auto& state) {
            if constexpr (!std::is_same_v<decltype(state), const std::monostate&>)
                bytes += flat::encode(state);
        },
        row.state);
    return bytes;
}

Result<EntityRow> decode_entity_row(EntityKind kind, std::string_view bytes) {
    const Parts parts = TRY(split(bytes));
    const Card card = TRY(flat::decode<Card>(parts.card));
    EntityRow row{card.version, card.revision, card.first, card.created_at, card.updated_at, {}};
    if (card.exists)
        row.state = TRY(decode_state(kind, parts.state));
    return row;
}

Result<Card> decode_card(std::string_view bytes) {
    return flat::decode<Card>(TRY(split(bytes)).card);
}

Result<std::optional<EntityRow>> find_entity(const Rows& rows, const PlacedThing& placed) {
    const auto bytes = TRY(rows.get(Table::entity, entity_key(placed)));
    if (!bytes)
        return std::nullopt;
    return TRY(decode_entity_row(placed.thing.kind, *bytes));
}

Result<std::optional<EntityRow>> find_entity(const Rows& rows, EntityRef thing) {
    const auto placed = TRY(rows.place(thing));
    if (!placed)
        return std::nullopt;
    return find_entity(rows, *placed);
}

Result<std::optional<Card>> find_card(const Rows& rows, const PlacedThing& placed) {
    const auto bytes = TRY(rows.get(Table::entity, entity_key(placed)));
    if (!bytes)
        return std::nullopt;
    return TRY(decode_card(*bytes));
}

} // namespace daybook::projections
