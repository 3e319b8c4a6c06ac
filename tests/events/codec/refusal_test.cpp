// What a decoder must not believe: bytes made to mislead it, values that no writer of ours makes,
// and what only a newer release knows.
#include "events/catalogue.h"
#include "events/codec/codec.h"
#include "events/codec/flat.h"
#include "tests/events/sample.h"
#include "tests/support/ok.h"

#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using ::testing::HasSubstr;

template <class E>
Error error_of(const E& event) {
    const auto decoded = decode_payload(table_name<E>(), encode_payload(event));
    EXPECT_FALSE(decoded.has_value());
    return decoded.has_value() ? Error{} : decoded.error();
}

TEST(Decode, RefusesTextThatIsNotUtf8InAnyFieldOfAnyEvent) {
    for (std::size_t i = 0; i < kEventCount; ++i) {
        const std::string_view type = catalogue()[i].name;
        const std::string sound = encode_payload(sample_event(i));
        // Every text of a sample holds this letter.
        for (std::size_t at = 0; (at = sound.find("\u00e9", at)) != std::string::npos; ++at) {
            std::string broken = sound;
            broken[at + 1] = 'e'; // Its first byte stands alone.
            const auto decoded = decode_payload(type, broken);
            ASSERT_FALSE(decoded.has_value()) << type << " at " << at;
            EXPECT_EQ(decoded.error().kind, ErrorKind::corrupt);
            EXPECT_THAT(decoded.error().what, HasSubstr("text that is not UTF-8"));
        }
    }
}

TEST(Decode, NamesTheFieldItDoesNotBelieve) {
    InvoiceDrafted draft;
    draft.document.lines.resize(3);
    draft.document.lines[2].unit = "\xff";
    EXPECT_EQ(error_of(draft).what,
              "InvoiceDrafted: document.lines[2].unit: text that is not UTF-8");
    CompanyChanged change;
    change.changed = {"name", "\xc3"};
    EXPECT_EQ(error_of(change).what, "CompanyChanged: changed[1]: text that is not UTF-8");
    PaymentRecorded payment;
    payment.receipt.currency.code = "E\xffR";
    EXPECT_EQ(error_of(payment).kind, ErrorKind::corrupt);
}

TEST(Decode, CallsAnUnknownEnumeratorNewer) {
    InvoiceDrafted draft;
    draft.document.lines.resize(1);
    draft.document.lines[0].taxes.resize(1);
    draft.document.lines[0].taxes[0].category = static_cast<TaxCategory>(8);
    const Error error = error_of(draft);
    EXPECT_EQ(error.kind, ErrorKind::unsupported);
    EXPECT_THAT(error.what, HasSubstr("document.lines[0].taxes[0].category"));
    MoneyAccountDefined account;
    account.kind = static_cast<MoneyAccountKind>(255);
    EXPECT_EQ(error_of(account).kind, ErrorKind::unsupported);
}

TEST(Decode, CallsAnUnknownTypeOrVersionNewer) {
    EXPECT_EQ(kind_of_failure(decode_payload("InvoiceSung", encode_payload(Returned{}))),
              ErrorKind::unsupported);
    Envelope envelope = sample_envelope();
    envelope.schema_version = 2;
    EXPECT_EQ(kind_of_failure(decode_record(encode_record(envelope, Returned{}))),
              ErrorKind::unsupported);
}

TEST(Decode, RefusesNumbersBeyondWhatIsStored) {
    const auto refund_of = [](Amount amount) {
        return PaymentRefunded{.refund = {.amount = amount, .on = Date{20'000}}};
    };
    EXPECT_TRUE(decode_payload("PaymentRefunded", encode_payload(refund_of({-kAmountMax}))));
    EXPECT_EQ(error_of(refund_of({kAmountMax + 1})).kind, ErrorKind::corrupt);
    EXPECT_EQ(error_of(refund_of({INT64_MIN})).kind, ErrorKind::corrupt);
    EXPECT_EQ(error_of(TaxRateDefined{.tax = {.rate = {kDecimalMax + 1}}}).kind,
              ErrorKind::corrupt);
    for (const Date date : {Date{kFirstDate.days - 1}, Date{kLastDate.days + 1}})
        EXPECT_EQ(error_of(PeriodLocked{.through = date}).kind, ErrorKind::corrupt);
    for (const std::int64_t micros : {INT64_MIN, INT64_MAX})
        EXPECT_EQ(error_of(DeliveryReported{.code = "ok", .at = {micros}}).kind,
                  ErrorKind::corrupt);
}

TEST(Decode, RefusesWhatIsNoRecord) {
    const std::string payload = encode_payload(Returned{.to_version = 1});
    for (const std::string& bytes :
         {std::string(), std::string("DYBK"), payload, std::string(kRecordBytesMax + 1, '\0')})
        EXPECT_EQ(kind_of_failure(decode_record(bytes)), ErrorKind::corrupt);
}

TEST(Decode, ReadsBytesThatStandAnywhereInMemory) {
    const Event event = sample_event(*find_event_type("PaymentRecorded"));
    const std::string record = encode_record(sample_envelope(), event);
    for (std::size_t shift = 0; shift < 8; ++shift) {
        const std::string moved = std::string(shift, 'x') + record;
        EXPECT_TRUE(ok(decode_record(std::string_view(moved).substr(shift))).event == event);
    }
}

// ---- bytes made by hand -----------------------------------------------------------------------

// LossAccepted with a reason, and where its parts stand.
struct Crafted {
    std::string bytes = encode_payload(LossAccepted{.reason = "reason"});
    std::size_t table = get<std::uint32_t>(0);
    std::size_t vtable =
        static_cast<std::size_t>(static_cast<std::int64_t>(table) - get<std::int32_t>(table));
    std::size_t reason_slot = vtable + flat::field_offset(1);
    std::size_t reason_offset = table + get<std::uint16_t>(reason_slot);
    std::size_t reason = reason_offset + get<std::uint32_t>(reason_offset);

    template <class T>
    T get(std::size_t at) const {
        T value;
        std::memcpy(&value, bytes.data() + at, sizeof value);
        return value;
    }
    template <class T>
    void put(std::size_t at, T value) {
        std::memcpy(bytes.data() + at, &value, sizeof value);
    }
};

TEST(Decode, RefusesOffsetsAndLengthsThatLie) {
    ASSERT_EQ(Crafted{}.get<std::uint32_t>(Crafted{}.reason), 6u) << "the craft knows its way";
    const std::pair<const char*, std::function<void(Crafted&)>> lies[] = {
        {"root beyond the end", [](Crafted& c) { c.put<std::uint32_t>(0, 100'000); }},
        {"root that is nothing", [](Crafted& c) { c.put<std::uint32_t>(0, 0); }},
        {"vtable before the start", [](Crafted& c) { c.put<std::int32_t>(c.table, 100'000); }},
        {"vtable beyond the end", [](Crafted& c) { c.put<std::int32_t>(c.table, -100'000); }},
        {"vtable between two words",
         [](Crafted& c) { c.put<std::int32_t>(c.table, c.get<std::int32_t>(c.table) + 1); }},
        {"vtable of odd length", [](Crafted& c) { c.put<std::uint16_t>(c.vtable, 7); }},
        {"vtable longer than the bytes",
         [](Crafted& c) { c.put<std::uint16_t>(c.vtable, 65'534); }},
        {"field beyond the end", [](Crafted& c) { c.put<std::uint16_t>(c.reason_slot, 65'532); }},
        {"field between two words",
         [](Crafted& c) {
             c.put<std::uint16_t>(c.reason_slot, static_cast<std::uint16_t>(
                                                     c.get<std::uint16_t>(c.reason_slot) + 1));
         }},
        {"text beyond the end", [](Crafted& c) { c.put<std::uint32_t>(c.reason_offset, 100'000); }},
        {"text that is its own offset",
         [](Crafted& c) { c.put<std::uint32_t>(c.reason_offset, 0); }},
        {"text longer than the bytes", [](Crafted& c) { c.put<std::uint32_t>(c.reason, 100'000); }},
        {"text of the greatest length", [](Crafted& c) { c.put<std::uint32_t>(c.reason, ~0u); }},
        {"text without its end", [](Crafted& c) { c.put<std::uint32_t>(c.reason, 5); }},
    };
    for (const auto& [lie, tell] : lies) {
        Crafted crafted;
        tell(crafted);
        const auto decoded = decode_payload("LossAccepted", crafted.bytes);
        ASSERT_FALSE(decoded.has_value()) << lie;
        EXPECT_EQ(decoded.error().kind, ErrorKind::corrupt) << lie;
    }
}

// A vector whose `count` entries all lead to the same child, at no cost in bytes.
template <class AddChild>
std::string many_ways_to_one(std::size_t field, std::size_t count, const AddChild& add_child) {
    flat::Builder builder;
    const flatbuffers::Offset<void> child = add_child(builder);
    const auto offsets =
        builder.CreateVector(std::vector<flatbuffers::Offset<void>>(count, child)).o;
    const auto start = builder.StartTable();
    builder.AddOffset(flat::field_offset(field), flatbuffers::Offset<void>(offsets));
    builder.Finish(flatbuffers::Offset<void>(builder.EndTable(start)));
    return {reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize()};
}

TEST(Decode, RefusesAFewBytesThatWouldUnfoldToTerabytes) {
    const std::string texts = many_ways_to_one(1, 100'000, [](flat::Builder& builder) {
        return flatbuffers::Offset<void>(builder.CreateString(std::string(1'000'000, 'x')).o);
    });
    const auto changed = decode_payload("CompanyChanged", texts);
    EXPECT_EQ(kind_of_failure(changed), ErrorKind::corrupt);
    EXPECT_EQ(changed.error().what,
              "CompanyChanged: changed[1]: more text than the record has bytes");
    const std::string tables = many_ways_to_one(7, 60'000, [](flat::Builder& builder) {
        const auto text = builder.CreateString(std::string(1'000'000, 'x'));
        const auto start = builder.StartTable();
        builder.AddOffset(flat::field_offset(0), text);
        return flatbuffers::Offset<void>(builder.EndTable(start));
    });
    EXPECT_EQ(kind_of_failure(decode_payload("ImportRecorded", tables)), ErrorKind::corrupt);
}

} // namespace
} // namespace daybook::tests
