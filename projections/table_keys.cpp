#include "projections/table_keys.h"

#include "events/base/check.h"
#include "projections/bytes.h"

namespace daybook::projections {

std::string kind_prefix(EntityKind kind) { return std::string(1, static_cast<char>(kind)); }

std::string entity_key(EntityRef thing) {
    std::string key = kind_prefix(thing.kind);
    append_id(key, thing.id);
    return key;
}

std::string settlement_key(Uuid invoice, EntityRef by) {
    return id_value(invoice) + entity_key(by);
}

std::string balance_key(ClientId client, const Currency& currency) {
    return id_value(client.value) + text_value(currency.code);
}

std::string open_key(Date due_on, Uuid invoice) { return date_value(due_on) + id_value(invoice); }

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

Uuid id_at_end(std::string_view key) {
    CHECK(key.size() >= kIdBytes, "a key that names a thing ends in its id");
    return ByteReader(key.substr(key.size() - kIdBytes)).id();
}

std::optional<EntityRef> parse_entity_key(std::string_view key) {
    if (key.size() != 1 + kIdBytes || static_cast<std::uint8_t>(key[0]) >= kEnumCount<EntityKind>)
        return std::nullopt;
    return EntityRef{static_cast<EntityKind>(key[0]), id_at_end(key)};
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
