// The reference implementation reads our bytes and we read its: flatc, with the published schemas,
// knows nothing of our codec. Expected JSON is made from the structs by a walk of its own.
#include "events/base/reflect.h"
#include "events/catalogue.h"
#include "events/codec/codec.h"
#include "tests/events/sample.h"
#include "tests/events/schema/flatc.h"
#include "tests/support/temp_directory.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

namespace json = boost::json;

template <std::size_t N>
json::value struct_of_bytes(const std::array<std::uint8_t, N>& bytes) {
    return {{"bytes", json::array(bytes.begin(), bytes.end())}};
}

// A value as flatc writes it. Samples have no blank field, so nothing is left out.
template <class T>
json::value as_flatc_writes(const T& value) {
    if constexpr (Enumeration<T>) {
        return enum_name(value);
    } else if constexpr (std::is_integral_v<T>) {
        return value;
    } else if constexpr (std::is_same_v<T, Amount>) {
        return value.minor;
    } else if constexpr (std::is_same_v<T, Decimal>) {
        return value.micro;
    } else if constexpr (std::is_same_v<T, Date>) {
        return value.days;
    } else if constexpr (std::is_same_v<T, Timestamp>) {
        return value.micros;
    } else if constexpr (std::is_same_v<T, Currency>) {
        return json::value(value.code);
    } else if constexpr (std::is_same_v<T, std::string>) {
        return json::value(value);
    } else if constexpr (std::is_same_v<T, Bytes>) {
        json::array bytes;
        for (const char c : value.value)
            bytes.emplace_back(static_cast<std::uint8_t>(c));
        return bytes;
    } else if constexpr (kIsOptional<T>) {
        return as_flatc_writes(*value);
    } else if constexpr (kIsVector<T>) {
        json::array items;
        for (const auto& item : value)
            items.push_back(as_flatc_writes(item));
        return items;
    } else if constexpr (Described<T>) {
        json::object members;
        for_each_field<T>([&](auto, const char* name, auto pointer) {
            members[name] = as_flatc_writes(value.*pointer);
        });
        return members;
    } else if constexpr (requires { value.bytes; }) {
        return struct_of_bytes(value.bytes);
    } else {
        return struct_of_bytes(value.value.bytes);
    }
}

json::value as_flatc_writes_event(const Event& event) {
    return std::visit([](const auto& alternative) { return as_flatc_writes(alternative); }, event);
}

// Numbers as flatc writes them may be read as signed or unsigned; texts do not differ.
std::string text_of(const json::value& value) { return json::serialize(value); }

// The file identifier belongs to the file that declares it.
std::string schema_of(const std::string& table) {
    return schema_folder() + (table == "Envelope" ? "/record.fbs" : "/events.fbs");
}

// A record on its way through flatc.
class Flatc {
  public:
    std::string to_json(const std::string& bytes, const std::string& table) {
        write_file(folder_ / "value.bin", bytes);
        run({"--json", "--strict-json", "--raw-binary", "--root-type", "daybook." + table, "-o",
             folder_.path(), schema_of(table), "--", folder_ / "value.bin"});
        return text_of(json::parse(read_file(folder_ / "value.json")));
    }
    std::string to_bytes(const std::string& text, const std::string& table) {
        write_file(folder_ / "value.json", text);
        run({"--binary", "--root-type", "daybook." + table, "-o", folder_.path(), schema_of(table),
             folder_ / "value.json"});
        return read_file(folder_ / "value.bin");
    }

  private:
    static void run(const std::vector<std::string>& arguments) {
        const FlatcRun run = run_flatc(arguments);
        EXPECT_TRUE(run.succeeded) << run.output;
    }
    TempDirectory folder_;
};

TEST(ReferenceImplementation, ReadsEveryEventAsWeWroteIt) {
    Flatc flatc;
    for (std::size_t i = 0; i < kEventCount; ++i) {
        const std::string name(catalogue()[i].name);
        const Event event = sample_event(i);
        EXPECT_EQ(flatc.to_json(encode_payload(event), name), text_of(as_flatc_writes_event(event)))
            << name;
    }
}

TEST(ReferenceImplementation, WritesEveryEventSoThatWeReadIt) {
    Flatc flatc;
    for (std::size_t i = 0; i < kEventCount; ++i) {
        const std::string name(catalogue()[i].name);
        const Event event = sample_event(i);
        const auto decoded =
            decode_payload(name, flatc.to_bytes(text_of(as_flatc_writes_event(event)), name));
        ASSERT_TRUE(decoded.has_value()) << decoded.error().what;
        EXPECT_TRUE(*decoded == event) << name;
    }
}

TEST(ReferenceImplementation, ReadsTheEnvelopeAndWeReadItsOwn) {
    Flatc flatc;
    const Event event = sample_event(*find_event_type("PaymentRecorded"));
    Envelope envelope = sample_envelope();
    const std::string record = encode_record(envelope, event);
    envelope.type = "PaymentRecorded";
    envelope.payload.value = encode_payload(event);
    const std::string text = text_of(as_flatc_writes(envelope));
    EXPECT_EQ(flatc.to_json(record, "Envelope"), text);
    const auto decoded = decode_record(flatc.to_bytes(text, "Envelope"));
    ASSERT_TRUE(decoded.has_value()) << decoded.error().what;
    EXPECT_TRUE(decoded->event == event);
}

} // namespace
} // namespace daybook::tests
