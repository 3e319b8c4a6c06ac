#include "api/http/target.h"
#include "events/base/utf8.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace daybook::api {
namespace {

using Segments = std::vector<std::string>;
using Query = std::vector<Header>;

TEST(Target, IsCutBeforeItIsDecoded) {
    const auto target = parse_target("/a%2Fb/c%3Fd?x%26y=1%3D2&q=%2B+%2b");
    ASSERT_TRUE(target.has_value());
    EXPECT_EQ(target->segments, (Segments{"a/b", "c?d"}));
    EXPECT_EQ(target->path, "/a/b/c?d");
    EXPECT_EQ(target->query, (Query{{"x&y", "1=2"}, {"q", "+ +"}}));
}

TEST(Target, KeepsAPlusInThePathAndTakesItForABlankInTheQuery) {
    const auto target = parse_target("/a+b?c+d=e+f");
    ASSERT_TRUE(target.has_value());
    EXPECT_EQ(target->segments, (Segments{"a+b"}));
    EXPECT_EQ(target->query, (Query{{"c d", "e f"}}));
}

TEST(Target, KnowsEmptySegments) {
    EXPECT_EQ(parse_target("/")->segments, Segments{});
    EXPECT_EQ(parse_target("/")->path, "/");
    EXPECT_EQ(parse_target("/a/")->segments, (Segments{"a", ""}));
    EXPECT_EQ(parse_target("//a")->segments, (Segments{"", "a"}));
    EXPECT_EQ(parse_target("/?a")->segments, Segments{});
}

TEST(Target, KeepsParametersInOrderAndTwice) {
    EXPECT_EQ(parse_target("/a?b=2&a=1&b=3")->query, (Query{{"b", "2"}, {"a", "1"}, {"b", "3"}}));
    EXPECT_EQ(parse_target("/a?b&c=&=d&&e=f=g")->query,
              (Query{{"b", ""}, {"c", ""}, {"", "d"}, {"e", "f=g"}}));
    EXPECT_EQ(parse_target("/a?")->query, Query{});
    EXPECT_EQ(parse_target("/a?b?c")->query, (Query{{"b?c", ""}}));
}

TEST(Target, RefusesWhatDoesNotDecodeToText) {
    for (const char* text : {"",
                             "a",
                             "*",
                             "http://localhost/",
                             "/%",
                             "/%4",
                             "/%4g",
                             "/%g4",
                             "/a?%",
                             "/a?b=%f",
                             "/%00",
                             "/a?b=%00",
                             "/%0a",
                             "/a?%0d=1",
                             "/%7f",
                             "/%80",
                             "/%C0%AF",
                             "/%ED%A0%80",
                             "/%F4%90%80%80",
                             "/a?b=%E9",
                             "/.",
                             "/..",
                             "/a/../b",
                             "/a/%2e%2E/b",
                             "/a/.%2e"}) {
        EXPECT_FALSE(parse_target(text).has_value()) << text;
    }
    EXPECT_TRUE(parse_target("/.../a.b/..c").has_value());
}

RC_GTEST_PROP(Target, DecodesWhateverWasEncoded, ()) {
    const auto text = rc::gen::map(
        rc::gen::nonEmpty(rc::gen::container<Segments>(rc::gen::element<std::string>(
            "a", "/", "?", "&", "=", "+", "%", " ", "#", "\u00e9", "\u20ac", "\U0001f600"))),
        [](const Segments& pieces) {
            std::string joined;
            for (const std::string& piece : pieces)
                joined += piece;
            return joined;
        });
    const auto encode = [](const std::string& plain) {
        std::string encoded;
        for (const char character : plain) {
            encoded += fmt::format("%{:02X}", static_cast<unsigned char>(character));
        }
        return encoded;
    };
    const std::string segment = *text;
    const std::string name = *text;
    const std::string value = *text;
    const auto target =
        parse_target("/" + encode(segment) + "?" + encode(name) + "=" + encode(value));
    RC_ASSERT(target.has_value());
    RC_ASSERT(target->segments == Segments{segment});
    RC_ASSERT(target->query == (Query{{name, value}}));
}

RC_GTEST_PROP(Target, GivesOnlyTextForAnyTarget, ()) {
    const auto text = *rc::gen::container<std::string>(
        rc::gen::element('/', '%', '0', 'C', '3', 'A', '9', '?', '&', '=', 'f', '2', 'e', '+'));
    if (const auto target = parse_target("/" + text)) {
        RC_ASSERT(is_utf8(target->path));
        for (const auto& [name, value] : target->query)
            RC_ASSERT(is_utf8(name) && is_utf8(value));
    }
}

} // namespace
} // namespace daybook::api
