#include "engine/command/write_index.h"

#include "engine/log/merkle.h"

namespace daybook::command {
namespace {

void put_big_endian(std::string& out, std::uint64_t value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out += static_cast<char>(value >> shift & 0xFF);
}

std::uint64_t get_big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char byte : bytes)
        value = value << 8 | static_cast<std::uint8_t>(byte);
    return value;
}

constexpr std::size_t kRefBytes = 1 + 16;

} // namespace

std::string thing_prefix(EntityRef thing) { return ref_value(thing); }

std::string thing_key(EntityRef thing, Version version) {
    std::string key = ref_value(thing);
    put_big_endian(key, version, 4);
    return key;
}

std::string touch_key(EntityRef touched, EntityRef toucher) {
    return ref_value(touched) + ref_value(toucher);
}

Hash command_digest(const Actor& actor, std::string_view idempotency_key) {
    std::string text(reinterpret_cast<const char*>(actor.realm.bytes.data()), 16);
    text += actor.name;
    text += '\0';
    text += idempotency_key;
    return log::sha256(text);
}

std::string command_key(const Actor& actor, std::string_view idempotency_key) {
    return hash_value(command_digest(actor, idempotency_key));
}

std::string series_key(SeriesId series, std::string_view period) {
    std::string key = "series";
    key += '\0';
    key.append(reinterpret_cast<const char*>(series.value.bytes.data()), 16);
    key += '\0';
    key += period;
    return key;
}

Result<SeriesFloor> parse_series_key(std::string_view key) {
    constexpr std::size_t kIdBytes = 16;
    const std::size_t id_at = kSeriesPrefix.size();
    if (!key.starts_with(kSeriesPrefix) || key.size() < id_at + kIdBytes + 1)
        return fail(ErrorKind::corrupt, "an index row names no series");
    SeriesFloor floor;
    for (std::size_t i = 0; i < kIdBytes; ++i)
        floor.series_id.value.bytes[i] = static_cast<std::uint8_t>(key[id_at + i]);
    floor.period = key.substr(id_at + kIdBytes + 1);
    return floor;
}

std::string hash_value(const Hash& hash) {
    return {reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size()};
}

std::string revision_value(Revision revision) {
    std::string value;
    put_big_endian(value, revision, 8);
    return value;
}

Result<Revision> parse_revision(std::string_view value) {
    if (value.size() != 8)
        return fail(ErrorKind::corrupt, "an index row holds no revision");
    return get_big_endian(value);
}

std::string ref_value(EntityRef thing) {
    std::string value(1, static_cast<char>(thing.kind));
    value.append(reinterpret_cast<const char*>(thing.id.bytes.data()), thing.id.bytes.size());
    return value;
}

Result<EntityRef> parse_ref(std::string_view value) {
    if (value.size() != kRefBytes)
        return fail(ErrorKind::corrupt, "an index row names no thing");
    EntityRef thing{static_cast<EntityKind>(value[0]), {}};
    for (std::size_t i = 0; i < 16; ++i)
        thing.id.bytes[i] = static_cast<std::uint8_t>(value[i + 1]);
    return thing;
}

std::string position_value(const domain::SeriesPosition& position) {
    std::string value;
    put_big_endian(value, position.last, 8);
    if (position.last_issued_on)
        put_big_endian(value, static_cast<std::uint32_t>(position.last_issued_on->days), 4);
    return value;
}

Result<domain::SeriesPosition> parse_position(std::string_view value) {
    if (value.size() != 8 && value.size() != 12)
        return fail(ErrorKind::corrupt, "an index row holds no series position");
    domain::SeriesPosition position{get_big_endian(value.substr(0, 8)), std::nullopt};
    if (value.size() == 12)
        position.last_issued_on = Date{
            static_cast<std::int32_t>(static_cast<std::uint32_t>(get_big_endian(value.substr(8))))};
    return position;
}

} // namespace daybook::command
