#include "events/codec/codec.h"

#include "events/catalogue.h"
#include "events/codec/flat.h"

namespace daybook {
namespace {

constexpr char kRecordIdentifier[] = "DYBK";

using Decode = Result<Event> (*)(std::string_view);

template <std::size_t I>
Result<Event> decode_alternative(std::string_view bytes) {
    return Event(TRY(flat::decode<std::variant_alternative_t<I, AnyEvent>>(bytes)));
}

template <std::size_t... I>
constexpr auto decoders(std::index_sequence<I...>) {
    return std::array<Decode, sizeof...(I)>{&decode_alternative<I>...};
}

constexpr auto kDecoders = decoders(std::make_index_sequence<kEventCount>{});

} // namespace

std::string encode_payload(const Event& event) {
    return std::visit([](const auto& alternative) { return flat::encode(alternative); }, event);
}

Result<Event> decode_payload(std::string_view type, std::string_view bytes) {
    const auto index = find_event_type(type);
    if (!index)
        return fail(ErrorKind::unsupported, "event type '" + std::string(type) + "' is not known");
    auto event = kDecoders[*index](bytes);
    if (!event)
        return std::unexpected(event.error().within(type));
    return event;
}

std::string encode_record(Envelope envelope, const Event& event) {
    envelope.type = info_of(event).name;
    envelope.payload.value = encode_payload(event);
    return flat::encode(envelope, kRecordIdentifier);
}

Result<Envelope> decode_envelope(std::string_view record) {
    auto envelope = flat::decode<Envelope>(record, kRecordIdentifier);
    if (!envelope)
        return std::unexpected(envelope.error().within("record"));
    return envelope;
}

Result<RecordedEvent> decode_record(std::string_view record) {
    Envelope envelope = TRY(decode_envelope(record));
    if (envelope.schema_version > kSchemaVersion)
        return fail(ErrorKind::unsupported, "record: schema_version "
                                                + std::to_string(envelope.schema_version)
                                                + " is of a newer release");
    Event event = TRY(decode_payload(envelope.type, envelope.payload.value));
    envelope.payload.value.clear();
    return RecordedEvent{std::move(envelope), std::move(event)};
}

} // namespace daybook
