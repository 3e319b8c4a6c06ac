#include "projections/table_keys.h"

#include "events/base/check.h"
#include "projections/bytes.h"

namespace daybook::projections {

std::string kind_prefix(EntityKind kind) { return std::string(1, static_cast<char>(kind)); }

std::string entity_key(const PlacedThing& placed) {
    return kind_prefix(placed.thing.kind) + place_value(placed);
}

std::string settlement_key(Uuid invoice, EntityRef by) {
    return id_value(invoice) + thing_value(by);
}

std::string balance_key(ClientId client, const Currency& currency) {
    return id_value(client.value) + text_value(currency.code);
}

std::string open_key(Date due_on, const PlacedThing& invoice) {
    return date_value(due_on) + place_value(invoice);
}

std::string floor_key(SeriesId series, std::string_view period) {
    return id_value(series.value) + text_value(period);
}

std::string order_prefix(EntityKind kind, Order order) {
    return kind_prefix(kind) + static_cast<char>(order);
}

std::string date_value(Date date) {
    std::string bytes;
    append_date(bytes, date);
    return bytes;
}

std::string text_value(std::string_view text) {
    std::string bytes;
    append_text(bytes, text);
    return bytes;
}

std::string id_value(const Uuid& id) {
    std::string bytes;
    append_id(bytes, id);
    return bytes;
}

std::string thing_value(EntityRef thing) { return kind_prefix(thing.kind) + id_value(thing.id); }

std::optional<EntityRef> parse_thing_value(std::string_view bytes) {
    ByteReader reader(bytes);
    const auto kind = reader.number<std::uint8_t>();
    const EntityRef thing{static_cast<EntityKind>(kind), reader.id()};
    return reader.finished() && kind < kEnumCount<EntityKind> ? std::optional(thing) : std::nullopt;
}

std::string place_value(const PlacedThing& placed) {
    std::string bytes;
    log::append_big_endian(bytes, placed.first);
    append_id(bytes, placed.thing.id);
    return bytes;
}

PlacedThing place_at_end(EntityKind kind, std::string_view key) {
    CHECK(key.size() >= kPlaceBytes, "a key that names a thing ends in its place");
    ByteReader reader(key.substr(key.size() - kPlaceBytes));
    const auto first = reader.number<Revision>();
    return {{kind, reader.id()}, first};
}

Revision first_revision_at_end(std::string_view key) { return place_at_end({}, key).first; }

std::optional<PlacedThing> parse_entity_key(std::string_view key) {
    if (key.size() != 1 + kPlaceBytes
        || static_cast<std::uint8_t>(key[0]) >= kEnumCount<EntityKind>)
        return std::nullopt;
    return place_at_end(static_cast<EntityKind>(key[0]), key);
}

std::string after_prefix(std::string_view prefix) {
    std::string end(prefix);
    while (!end.empty() && end.back() == '\xff')
        end.pop_back();
    if (!end.empty())
        end.back() = static_cast<char>(end.back() + 1);
    return end;
}

} // namespace daybook::projections
