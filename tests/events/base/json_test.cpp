#include "events/base/json.h"

#include <gtest/gtest.h>
#include <limits>
#include <type_traits>

namespace daybook {
namespace {

TEST(Json, IsWrittenCompactlyInTheOrderOfItsMembers) {
    const Json json = JsonObject{{"name", "Café Olé"},
                                 {"count", 3},
                                 {"open", true},
                                 {"none", nullptr},
                                 {"lines", JsonArray{1, "two", JsonArray{}, JsonObject{}}}};
    EXPECT_EQ(to_json(json), R"({"name":"Café Olé","count":3,"open":true,"none":null,)"
                             R"("lines":[1,"two",[],{}]})");
}

TEST(Json, EscapesWhatMustBeEscapedAndNothingElse) {
    EXPECT_EQ(to_json("\"\\/\b\f\n\r\t"), R"("\"\\/\b\f\n\r\t")");
    EXPECT_EQ(to_json(std::string("\0\x1f", 2)), R"("\u0000\u001f")");
    EXPECT_EQ(to_json("\x7f é € 😀"), "\"\x7f é € 😀\"");
    EXPECT_EQ(to_json(JsonObject{{"a\"b", 1}}), R"({"a\"b":1})");
}

TEST(Json, KeepsTheExtremesOfIntegers) {
    EXPECT_EQ(to_json(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
    EXPECT_EQ(to_json(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
    EXPECT_EQ(Json(std::numeric_limits<std::int64_t>::min()).integer(),
              std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(Json(std::numeric_limits<std::uint64_t>::max()).integer(), std::nullopt);
}

TEST(Json, TakesAsIntegerOnlyWhatIsSpelledAsOne) {
    for (const char* other : {"1.0", "1e2", "9223372036854775808", "1e400", "0.1", ""}) {
        EXPECT_EQ(JsonNumber{other}.integer(), std::nullopt) << other;
    }
    EXPECT_EQ(JsonNumber{"-0"}.integer(), 0);
    EXPECT_EQ(JsonNumber{"-12"}.integer(), -12);
    EXPECT_EQ(Json("12").integer(), std::nullopt);
}

TEST(Json, CannotBeMadeFromADouble) {
    static_assert(!std::is_constructible_v<Json, double>);
    static_assert(!std::is_constructible_v<Json, float>);
    static_assert(!std::is_constructible_v<Json, const int*>);
    static_assert(!std::is_constructible_v<Json, char>);
    EXPECT_TRUE(Json(true).is_bool());
    EXPECT_TRUE(Json("true").is_string());
    EXPECT_TRUE(Json(1).is_number());
}

TEST(Json, FindsAndReplacesMembersInPlace) {
    Json json;
    json.set("a", 1).set("b", 2).set("a", "new");
    EXPECT_EQ(to_json(json), R"({"a":"new","b":2})");
    ASSERT_NE(json.find("b"), nullptr);
    EXPECT_EQ(json.find("b")->integer(), 2);
    EXPECT_EQ(json.find("c"), nullptr);
    EXPECT_EQ(Json("text").find("a"), nullptr);
    EXPECT_EQ(to_json(Json().push(1).push("x")), R"([1,"x"])");
}

TEST(Json, IsEqualOnlyWhenItWouldBeWrittenTheSame) {
    EXPECT_EQ(Json(JsonArray{1, "a"}), Json(JsonArray{1, "a"}));
    EXPECT_NE(Json(JsonArray{1, "a"}), Json(JsonArray{"a", 1}));
    EXPECT_NE(Json(JsonObject{{"a", 1}, {"b", 2}}), Json(JsonObject{{"b", 2}, {"a", 1}}));
    EXPECT_NE(Json("1"), Json(1));
}

// RFC 8785, 3.2.3: the published example of sorting.
TEST(CanonicalJson, SortsMembersByUtf16CodeUnits) {
    const Json json = JsonObject{{"\u20ac", "Euro Sign"},
                                 {"\r", "Carriage Return"},
                                 {"\ufb33", "Hebrew Letter Dalet With Dagesh"},
                                 {"1", "One"},
                                 {"\U0001f600", "Emoji: Grinning Face"},
                                 {"\u0080", "Control"},
                                 {"\u00f6", "Latin Small Letter O With Diaeresis"}};
    EXPECT_EQ(to_canonical_json(json),
              "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
              "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
              "\"\U0001f600\":\"Emoji: Grinning Face\","
              "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
}

TEST(CanonicalJson, SortsAShorterNameFirstAndEveryDepth) {
    const Json json = JsonObject{{"bb", JsonArray{JsonObject{{"z", 1}, {"a", 2}}}}, {"b", 0}};
    EXPECT_EQ(to_canonical_json(json), R"({"b":0,"bb":[{"a":2,"z":1}]})");
}

// RFC 8785, 3.2.2: the published example of strings.
TEST(CanonicalJson, EscapesAsThePublishedExampleDoes) {
    EXPECT_EQ(to_canonical_json("\u20ac$\x0F\nA'B\"\\\\\"/"),
              "\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
}

TEST(CanonicalJson, WritesWholeNumbersInOneSpelling) {
    EXPECT_EQ(to_canonical_json(JsonNumber{"-0"}), "0");
    EXPECT_EQ(to_canonical_json(9007199254740991), "9007199254740991");
}

TEST(CanonicalJsonDeathTest, StopsAtANumberThatAnotherReaderWouldRound) {
    EXPECT_DEATH(to_canonical_json(9007199254740992), "exact as a double");
    EXPECT_DEATH(to_canonical_json(JsonNumber{"0.5"}), "exact as a double");
}

TEST(JsonPointer, EscapesItsTwoSpecialCharacters) {
    EXPECT_EQ(to_pointer_token("a/b~c"), "a~1b~0c");
    EXPECT_EQ(to_pointer_token("~1"), "~01");
}

} // namespace
} // namespace daybook
