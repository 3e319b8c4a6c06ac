#include "events/base/utf8.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <string>

namespace daybook {
namespace {

using namespace std::string_view_literals;

TEST(Utf8, AcceptsTheFirstAndLastOfEveryLength) {
    for (const std::string_view text :
         {""sv, "\0"sv, "\x7f"sv, "\xc2\x80"sv, "\xdf\xbf"sv, "\xe0\xa0\x80"sv, "\xed\x9f\xbf"sv,
          "\xee\x80\x80"sv, "\xef\xbf\xbf"sv, "\xf0\x90\x80\x80"sv, "\xf4\x8f\xbf\xbf"sv,
          "Café – 語 😀, and more than eight letters"sv})
        EXPECT_TRUE(is_utf8(text)) << text;
}

TEST(Utf8, RefusesWhatRfc3629Forbids) {
    const std::pair<const char*, std::string_view> cases[] = {
        {"a continuation alone", "\x80"},
        {"overlong slash", "\xc0\xaf"},
        {"overlong, two bytes", "\xc1\xbf"},
        {"overlong, three bytes", "\xe0\x9f\xbf"},
        {"overlong, four bytes", "\xf0\x8f\xbf\xbf"},
        {"first surrogate", "\xed\xa0\x80"},
        {"last surrogate", "\xed\xbf\xbf"},
        {"above U+10FFFF", "\xf4\x90\x80\x80"},
        {"five bytes", "\xf8\x88\x80\x80\x80"},
        {"never a byte of UTF-8", "\xff"},
        {"cut after one of two", "\xc3"},
        {"cut after two of three", "\xe2\x82"},
        {"cut after three of four", "\xf0\x9f\x98"},
        {"interrupted", "\xe2\x28\xa1"},
        {"interrupted at its end", "\xf0\x9f\x98\x28"},
    };
    for (const auto& [name, bytes] : cases) {
        EXPECT_FALSE(is_utf8(bytes)) << name;
        EXPECT_FALSE(is_utf8("eight is ascii" + std::string(bytes) + "and more ascii")) << name;
        EXPECT_EQ(utf8_size("Café" + std::string(bytes) + "and more"), 5u) << name;
    }
}

// The definition, the other way round: encoding a code point by hand.
std::string encoded(std::uint32_t point) {
    const auto byte = [](std::uint32_t bits) { return static_cast<char>(bits); };
    const auto next = [&](int shift) { return byte(0x80 | (point >> shift & 0x3F)); };
    if (point < 0x80)
        return {byte(point)};
    if (point < 0x800)
        return {byte(0xC0 | point >> 6), next(0)};
    if (point < 0x10000)
        return {byte(0xE0 | point >> 12), next(6), next(0)};
    return {byte(0xF0 | point >> 18), next(12), next(6), next(0)};
}

TEST(Utf8, AcceptsExactlyTheCodePointsThatAreNoSurrogates) {
    for (std::uint32_t point = 0; point < 0x120000; ++point)
        ASSERT_EQ(is_utf8(encoded(point)),
                  point <= 0x10FFFF && !(point >= 0xD800 && point <= 0xDFFF))
            << std::hex << point;
}

} // namespace
} // namespace daybook
