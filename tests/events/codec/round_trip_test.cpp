// What is encoded is decoded as it was, for every event; and bytes that were damaged are an error
// or a sound value, never more.
#include "events/catalogue.h"
#include "events/codec/codec.h"
#include "tests/events/arbitrary.h"
#include "tests/events/sample.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::tests {
namespace {

class EveryEvent : public ::testing::TestWithParam<std::size_t> {};

std::string name_of(const ::testing::TestParamInfo<std::size_t>& info) {
    return std::string(catalogue()[info.param].name);
}

TEST_P(EveryEvent, IsDecodedAsItWasEncoded) {
    const bool holds = rc::check([] {
        const Event event = *arbitrary_event(GetParam());
        const auto decoded = decode_payload(info_of(event).name, encode_payload(event));
        RC_ASSERT(decoded.has_value());
        RC_ASSERT(*decoded == event);
    });
    EXPECT_TRUE(holds);
}

// Anything that is accepted is a value like any other: it can be written and read again.
void expect_error_or_sound_value(std::string_view type, const std::string& bytes) {
    const auto decoded = decode_payload(type, bytes);
    if (!decoded) {
        EXPECT_FALSE(decoded.error().what.empty());
        return;
    }
    const auto again = decode_payload(type, encode_payload(*decoded));
    ASSERT_TRUE(again.has_value()) << again.error().what;
    EXPECT_TRUE(*again == *decoded);
}

TEST_P(EveryEvent, OutlivesTheDamageOfAnyByte) {
    const std::string_view type = catalogue()[GetParam()].name;
    const std::string sound = encode_payload(sample_event(GetParam()));
    for (std::size_t at = 0; at < sound.size(); ++at) {
        std::string damaged = sound;
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << at % 8));
        expect_error_or_sound_value(type, damaged);
    }
}

TEST_P(EveryEvent, OutlivesBeingCutAnywhere) {
    const std::string_view type = catalogue()[GetParam()].name;
    const std::string sound = encode_payload(sample_event(GetParam()));
    for (std::size_t size = 0; size < sound.size(); ++size)
        expect_error_or_sound_value(type, sound.substr(0, size));
}

INSTANTIATE_TEST_SUITE_P(Codec, EveryEvent, ::testing::Range<std::size_t>(0, kEventCount), name_of);

RC_GTEST_PROP(Record, IsDecodedAsItWasEncoded, ()) {
    Envelope envelope = *arbitrary_envelope();
    envelope.schema_version = 1;
    const Event event = *arbitrary_event(*rc::gen::inRange<std::size_t>(0, kEventCount));
    const auto record = decode_record(encode_record(envelope, event));
    RC_ASSERT(record.has_value());
    envelope.type = info_of(event).name;
    envelope.payload = {};
    RC_ASSERT(record->envelope == envelope);
    RC_ASSERT(record->event == event);
}

RC_GTEST_PROP(Record, OutlivesAnyDamage, ()) {
    std::string bytes = encode_record(
        *arbitrary_envelope(), *arbitrary_event(*rc::gen::inRange<std::size_t>(0, kEventCount)));
    const int changes = *rc::gen::inRange(1, 8);
    for (int i = 0; i < changes; ++i)
        bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
    bytes.resize(*rc::gen::inRange<std::size_t>(0, bytes.size() + 1));
    const auto record = decode_record(bytes);
    if (record)
        RC_ASSERT(decode_record(encode_record(record->envelope, record->event)).has_value());
    else
        RC_ASSERT(!record.error().what.empty());
}

TEST(Record, EnvelopeKeepsThePayloadItCarries) {
    const Event event = sample_event(*find_event_type("InvoiceIssued"));
    const auto envelope = decode_envelope(encode_record(sample_envelope(), event));
    ASSERT_TRUE(envelope.has_value());
    EXPECT_EQ(envelope->type, "InvoiceIssued");
    EXPECT_EQ(envelope->payload.value, encode_payload(event));
}

// Other readers know no C++ initialiser: what is not written is zero, and what is not zero written.
TEST(Payload, WithoutAnyFieldReadsAsZerosNotAsInitialisers) {
    ASSERT_EQ(InvoiceIssued{}.frozen.calculation.rules, 1u);
    const std::string empty_table = encode_payload(Returned{});
    const auto decoded = decode_payload("InvoiceIssued", empty_table);
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(std::get<InvoiceIssued>(*decoded).frozen.calculation.rules, 0u);
}

TEST(Payload, OfInitialisersReadsAsThem) {
    for (const Event& event : {Event(InvoiceIssued{}), Event(CompanyCopied{}),
                               Event(SeriesDefined{}), Event(CreditNoteImported{})}) {
        const auto decoded = decode_payload(info_of(event).name, encode_payload(event));
        ASSERT_TRUE(decoded.has_value());
        EXPECT_TRUE(*decoded == event) << info_of(event).name;
    }
}

} // namespace
} // namespace daybook::tests
