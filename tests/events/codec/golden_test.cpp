// Bytes that were released stay readable for ever, and mean what they meant
// (tests/golden/README.md).
#include "events/catalogue.h"
#include "events/codec/codec.h"
#include "tests/events/sample.h"
#include "tests/events/schema/flatc.h"
#include "tests/events/schema/schema_model.h"

#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <set>

namespace daybook::tests {
namespace {

constexpr std::size_t kBytesPerRow = 32;
constexpr const char* kRecordFile = "Record";
constexpr const char* kRecordType = "InvoiceIssued"; // Of the whole record.

std::string golden_path(std::string_view name) {
    return fmt::format("{}/events-v1/{}.hex", golden_folder(), name);
}

std::string to_rows_of_hex(std::string_view bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        text += fmt::format("{:02x}", static_cast<std::uint8_t>(bytes[i]));
        if ((i + 1) % kBytesPerRow == 0 || i + 1 == bytes.size())
            text += '\n';
    }
    return text;
}

std::string from_rows_of_hex(const std::string& text) {
    std::string bytes, digits;
    for (const char c : text)
        if (c != '\n' && (digits += c).size() == 2) {
            bytes += static_cast<char>(std::stoi(digits, nullptr, 16));
            digits.clear();
        }
    EXPECT_TRUE(digits.empty()) << "half a byte";
    return bytes;
}

// The samples as release 1 knew them: fields that came later are blank.
class Golden : public ::testing::Test {
  protected:
    Golden() : released_(read_schema(golden_folder() + "/schema-v1").field_counts()) {}

    bool has(std::string_view type) const { return released_.contains(std::string(type)); }
    Event event(std::size_t index) const { return sample_event(index, &released_); }
    Event event_of_record() const { return event(*find_event_type(kRecordType)); }
    Envelope envelope() const { return sample_envelope(&released_); }

  private:
    FieldCounts released_;
};

TEST_F(Golden, EveryEventIsStillWrittenAsItWas) {
    for (std::size_t i = 0; i < kEventCount; ++i)
        if (const auto name = catalogue()[i].name; has(name)) {
            EXPECT_EQ(to_rows_of_hex(encode_payload(event(i))), read_file(golden_path(name)))
                << name;
        }
}

TEST_F(Golden, EveryEventIsStillReadAsWhatItMeant) {
    for (std::size_t i = 0; i < kEventCount; ++i)
        if (const auto name = catalogue()[i].name; has(name)) {
            const auto decoded =
                decode_payload(name, from_rows_of_hex(read_file(golden_path(name))));
            ASSERT_TRUE(decoded.has_value()) << decoded.error().what;
            EXPECT_TRUE(*decoded == event(i)) << name;
        }
}

TEST_F(Golden, ThereIsOneFileForEveryEventAndOneRecord) {
    std::set<std::string> expected = {kRecordFile}, found;
    for (const EventInfo& info : catalogue())
        if (has(info.name))
            expected.emplace(info.name);
    for (const auto& entry : std::filesystem::directory_iterator(golden_folder() + "/events-v1"))
        found.insert(entry.path().stem().string());
    EXPECT_EQ(found, expected);
}

TEST_F(Golden, AWholeRecordIsStillWrittenAndReadAsItWas) {
    const std::string bytes = encode_record(envelope(), event_of_record());
    EXPECT_EQ(to_rows_of_hex(bytes), read_file(golden_path(kRecordFile)));
    const auto record = decode_record(from_rows_of_hex(read_file(golden_path(kRecordFile))));
    ASSERT_TRUE(record.has_value()) << record.error().what;
    Envelope expected = envelope();
    expected.type = kRecordType;
    expected.payload = {};
    EXPECT_TRUE(record->envelope == expected);
    EXPECT_TRUE(record->event == event_of_record());
}

// Makes the files again, and fails, so that the switch cannot be left on.
TEST_F(Golden, IsNotBeingRemade) {
    if (!std::getenv("DAYBOOK_REMAKE_GOLDEN"))
        return;
    namespace fs = std::filesystem;
    fs::remove_all(golden_folder() + "/schema-v1");
    fs::copy(schema_folder(), golden_folder() + "/schema-v1");
    fs::remove_all(golden_folder() + "/events-v1");
    fs::create_directory(golden_folder() + "/events-v1");
    for (std::size_t i = 0; i < kEventCount; ++i)
        write_file(golden_path(catalogue()[i].name),
                   to_rows_of_hex(encode_payload(sample_event(i))));
    const Event event = sample_event(*find_event_type(kRecordType));
    write_file(golden_path(kRecordFile), to_rows_of_hex(encode_record(sample_envelope(), event)));
    FAIL() << "the golden files were remade; see what changed, and run again without the variable";
}

} // namespace
} // namespace daybook::tests
