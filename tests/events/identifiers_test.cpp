#include "events/identifiers.h"

#include "tests/support/ok.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unordered_set>

namespace daybook {
namespace {

using tests::kind_of_failure;
using tests::ok;

TEST(Uuid, IsWrittenAsRfc9562Says) {
    Uuid id;
    for (std::size_t i = 0; i < 16; ++i)
        id.bytes[i] = static_cast<std::uint8_t>(i * 17);
    EXPECT_EQ(to_text(id), "00112233-4455-6677-8899-aabbccddeeff");
    EXPECT_EQ(ok(parse_uuid("00112233-4455-6677-8899-aabbccddeeff")), id);
}

TEST(Uuid, RefusesEveryOtherForm) {
    for (const char* text :
         {"", "00112233445566778899aabbccddeeff", "00112233-4455-6677-8899-AABBCCDDEEFF",
          "{0112233-4455-6677-8899-aabbccddeef}", "00112233-4455-6677-8899-aabbccddeef",
          "00112233-4455-6677-8899-aabbccddeefff", "0011223344-55-6677-8899-aabbccddeeff",
          "00112233_4455_6677_8899_aabbccddeeff", "0011223g-4455-6677-8899-aabbccddeeff"})
        EXPECT_EQ(kind_of_failure(parse_uuid(text)), ErrorKind::invalid) << text;
}

RC_GTEST_PROP(Uuid, IsReadAsItWasWritten, ()) {
    Uuid id;
    for (std::uint8_t& byte : id.bytes)
        byte = *rc::gen::arbitrary<std::uint8_t>();
    RC_ASSERT(ok(parse_uuid(to_text(id))) == id);
}

TEST(Uuid, SortsAsItsTextDoes) {
    const char* sorted[] = {
        "00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-00000000000f",
        "00000001-0000-7000-8000-000000000000", "ff000000-0000-7000-8000-000000000000"};
    for (std::size_t i = 1; i < std::size(sorted); ++i)
        EXPECT_LT(ok(parse_uuid(sorted[i - 1])), ok(parse_uuid(sorted[i])));
    EXPECT_TRUE(Uuid{}.is_nil());
    EXPECT_FALSE(ok(parse_uuid(sorted[0])).is_nil());
}

TEST(Hash, IsReadAsItWasWritten) {
    Hash hash;
    for (std::size_t i = 0; i < 32; ++i)
        hash.bytes[i] = static_cast<std::uint8_t>(255 - i);
    const std::string hex = to_hex(hash);
    EXPECT_EQ(hex, "fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0efeeedecebeae9e8e7e6e5e4e3e2e1e0");
    EXPECT_EQ(ok(parse_hash(hex)), hash);
}

TEST(Hash, RefusesEveryOtherForm) {
    const std::string hex(64, 'a');
    for (const std::string& text :
         {std::string(), hex.substr(1), hex + "a", std::string(64, 'A'), std::string(64, 'g')})
        EXPECT_EQ(kind_of_failure(parse_hash(text)), ErrorKind::invalid) << text;
}

TEST(Ids, OfDifferentThingsDoNotConvert) {
    static_assert(!std::is_convertible_v<InvoiceId, ClientId>);
    static_assert(!std::is_constructible_v<InvoiceId, ClientId>);
    static_assert(!std::is_convertible_v<Uuid, InvoiceId>);
    std::unordered_set<InvoiceId> ids;
    for (std::uint8_t i = 0; i < 100; ++i)
        ids.insert(InvoiceId{Uuid{{i}}});
    EXPECT_EQ(ids.size(), 100u);
    EXPECT_TRUE(ids.contains(InvoiceId{Uuid{{99}}}));
}

} // namespace
} // namespace daybook
