#include "events/base/strict_json.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <string>
#include <vector>

namespace daybook {
namespace {

std::string nested(int depth, const std::string& open, const std::string& close) {
    std::string text;
    for (int level = 0; level < depth; ++level)
        text += open;
    text += "1";
    for (int level = 0; level < depth; ++level)
        text += close;
    return text;
}

TEST(StrictJson, ReadsEveryKindOfValue) {
    const auto json = parse_strict_json(
        " {\"a\" : [null, true, false, -12, \"x\\u00e9\\uD83D\\uDE00\\n\\/\"], \"b\":{}} \r\n\t");
    ASSERT_TRUE(json.has_value());
    EXPECT_EQ(*json,
              Json(JsonObject{{"a", JsonArray{nullptr, true, false, -12, "x\u00e9\U0001f600\n/"}},
                              {"b", JsonObject{}}}));
}

TEST(StrictJson, KeepsEveryNumberAsItWasSpelled) {
    for (const std::string text :
         {"0", "-0", "12.30", "1e400", "1E+2", "-1.5e-10", "18446744073709551616",
          "9223372036854775807", "-9223372036854775808", "123456789012345678901234567890.5"}) {
        for (const std::string& document : {text, "[" + text + "]", "{\"a\":" + text + " }"}) {
            const auto json = parse_strict_json(document);
            ASSERT_TRUE(json.has_value()) << document;
            const Json& value = json->is_array()    ? json->if_array()->front()
                                : json->is_object() ? *json->find("a")
                                                    : *json;
            ASSERT_TRUE(value.is_number()) << document;
            EXPECT_EQ(value.if_number()->text, text);
        }
    }
}

struct Refused {
    const char* name;
    std::string text;
    const char* code;
    const char* pointer;
    const char* detail; // A part of it.
};

const std::vector<Refused>& refused_documents() {
    static const std::vector<Refused> table = {
        {"nothing", "", "malformed_json", "", "ends before"},
        {"only blanks", "  \n", "malformed_json", "", "ends before"},
        {"cut short", R"({"a":[1,)", "malformed_json", "/a/1", "ends before"},
        {"cut inside a text", R"({"a":"x)", "malformed_json", "/a", "ends before"},
        {"duplicate member", R"({"a":1,"b":{"c":1,"c":2}})", "duplicate_member", "/b/c", "\"c\""},
        {"duplicate by escape", R"([{"a":1,"\u0061":2}])", "duplicate_member", "/0/a", "twice"},
        {"duplicate empty name", R"({"":1,"":2})", "duplicate_member", "/", "twice"},
        {"duplicate with slash", R"({"a/b":1,"a/b":2})", "duplicate_member", "/a~1b", "twice"},
        {"something after", "{} {}", "malformed_json", "", "follows"},
        {"comma after", "1,", "malformed_json", "", "follows"},
        {"line comment", "{} // x", "malformed_json", "", ""},
        {"block comment", "[1,/* x */2]", "malformed_json", "/1", ""},
        {"trailing comma in array", "[1,]", "malformed_json", "/1", "byte 3"},
        {"trailing comma in object", R"({"a":1,})", "malformed_json", "/a", ""},
        {"byte order mark", "\xEF\xBB\xBF{}", "malformed_json", "", "byte 0"},
        {"lone high surrogate", R"(["\ud800"])", "malformed_json", "/0", "syntax"},
        {"high surrogate and text", R"(["\ud800x"])", "malformed_json", "/0", "syntax"},
        {"two high surrogates", R"(["\ud800\ud800"])", "malformed_json", "/0", "surrogate"},
        {"lone low surrogate", R"(["\udc00"])", "malformed_json", "/0", "surrogate"},
        {"lone surrogate in name", R"({"\ud800":1})", "malformed_json", "", "syntax"},
        {"escaped NUL", R"({"a":"x\u0000y"})", "malformed_json", "/a", "U+0000"},
        {"escaped NUL in name", R"({"x\u0000y":1})", "malformed_json", "", "U+0000"},
        {"raw NUL", std::string("[\"a\0b\"]", 7), "malformed_json", "/0", ""},
        {"raw newline in text", "[\"a\nb\"]", "malformed_json", "/0", ""},
        {"overlong UTF-8", "[\"\xC0\xAF\"]", "malformed_json", "/0", ""},
        {"surrogate in UTF-8", "[\"\xED\xA0\x80\"]", "malformed_json", "/0", ""},
        {"beyond Unicode", "[\"\xF4\x90\x80\x80\"]", "malformed_json", "/0", ""},
        {"cut UTF-8", "[\"\xE2\x82\"]", "malformed_json", "/0", ""},
        {"Latin-1", "[\"\xE9\"]", "malformed_json", "/0", ""},
        {"single quotes", "{'a':1}", "malformed_json", "", ""},
        {"bare name", "{a:1}", "malformed_json", "", ""},
        {"leading zero", "01", "malformed_json", "", ""},
        {"plus sign", "+1", "malformed_json", "", ""},
        {"no digits after point", "1.", "malformed_json", "", ""},
        {"hexadecimal", "0x10", "malformed_json", "", ""},
        {"not a number", "NaN", "malformed_json", "", ""},
        {"infinity", "-Infinity", "malformed_json", "", ""},
        {"capital literal", "True", "malformed_json", "", ""},
        {"33 arrays", nested(33, "[", "]"), "malformed_json", nullptr, "deeper than 32"},
        {"33 objects", nested(33, "{\"a\":", "}"), "malformed_json", nullptr, "deeper than 32"},
        {"10,000 arrays", nested(10'000, "[", "]"), "malformed_json", nullptr, "deeper than 32"},
        {"10,000 objects", nested(10'000, "{\"a\":", "}"), "malformed_json", nullptr,
         "deeper than 32"},
    };
    return table;
}

TEST(StrictJson, RefusesEveryFreedomAndSaysWhere) {
    for (const Refused& refused : refused_documents()) {
        SCOPED_TRACE(refused.name);
        const auto json = parse_strict_json(refused.text);
        ASSERT_FALSE(json.has_value());
        EXPECT_EQ(json.error().code, refused.code);
        if (refused.pointer != nullptr) {
            EXPECT_EQ(json.error().pointer, refused.pointer);
        }
        EXPECT_NE(json.error().detail.find(refused.detail), std::string::npos)
            << json.error().detail;
        EXPECT_NE(json.error().detail.find("(at byte "), std::string::npos) << json.error().detail;
    }
}

TEST(StrictJson, AcceptsTheDeepestAllowed) {
    EXPECT_TRUE(parse_strict_json(nested(32, "[", "]")).has_value());
    EXPECT_TRUE(parse_strict_json(nested(32, "{\"a\":", "}")).has_value());
}

TEST(StrictJson, FindsADuplicateAmongManyMembers) {
    std::string text = "{";
    for (int member = 0; member < 20'000; ++member) {
        text += "\"" + std::to_string(member) + "\":0,";
    }
    EXPECT_TRUE(parse_strict_json(text + "\"x\":0}").has_value());
    const auto json = parse_strict_json(text + "\"99\":0}");
    ASSERT_FALSE(json.has_value());
    EXPECT_EQ(json.error().code, "duplicate_member");
    EXPECT_EQ(json.error().pointer, "/99");
}

rc::Gen<std::string> any_text() {
    // Every length of UTF-8 and every kind of escape, without U+0000, which is refused.
    return rc::gen::map(
        rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
            "a", "Z", "0", "\"", "\\", "/", "\n", "\x01", "\x1f", "\x7f", "\u00e9", "\u20ac",
            "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010ffff", "~")),
        [](const std::vector<std::string>& pieces) {
            std::string text;
            for (const std::string& piece : pieces)
                text += piece;
            return text;
        });
}

rc::Gen<Json> any_json(int depth) {
    const auto leaf = rc::gen::oneOf(
        rc::gen::just(Json(nullptr)),
        rc::gen::map(rc::gen::arbitrary<bool>(), [](bool truth) { return Json(truth); }),
        rc::gen::map(rc::gen::arbitrary<std::int64_t>(),
                     [](std::int64_t whole) { return Json(whole); }),
        rc::gen::map(
            rc::gen::element<std::string>("0.10", "1e400", "-1.5E-7", "1" + std::string(30, '0')),
            [](std::string text) { return Json(JsonNumber{std::move(text)}); }),
        rc::gen::map(any_text(), [](std::string text) { return Json(std::move(text)); }));
    if (depth == 0)
        return leaf;
    const auto inner = rc::gen::scale(0.25, any_json(depth - 1));
    return rc::gen::oneOf(
        leaf,
        rc::gen::map(rc::gen::container<std::vector<Json>>(inner),
                     [](JsonArray items) { return Json(std::move(items)); }),
        rc::gen::map(rc::gen::container<std::vector<JsonMember>>(rc::gen::pair(any_text(), inner)),
                     [](const JsonObject& members) {
                         Json object = JsonObject{};
                         for (const auto& [name, member] : members)
                             object.set(name, member);
                         return object;
                     }));
}

RC_GTEST_PROP(StrictJson, ReadsBackWhatWasWritten, ()) {
    const Json json = *any_json(3).as("json");
    const std::string text = to_json(json);
    const auto read = parse_strict_json(text);
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == json);
    RC_ASSERT(to_json(*read) == text);
}

RC_GTEST_PROP(StrictJson, AnswersEveryCutOfADocument, ()) {
    const Json json = Json(JsonArray{*any_json(2)});
    const std::string text = to_json(json);
    const auto length = *rc::gen::inRange<std::size_t>(0, text.size());
    RC_ASSERT(!parse_strict_json(std::string_view(text).substr(0, length)).has_value());
}

RC_GTEST_PROP(StrictJson, AcceptsOnlyWhatItCanWriteAgain, ()) {
    const auto bytes = *rc::gen::container<std::string>(
        rc::gen::element('[', ']', '{', '}', '"', ':', ',', '1', '-', '.', 'e', 'a', '\\', 'u', '0',
                         't', ' ', '\x80', '\xC3', '\xA9'));
    if (const auto json = parse_strict_json(bytes); json.has_value()) {
        const auto again = parse_strict_json(to_json(*json));
        RC_ASSERT(again.has_value());
        RC_ASSERT(*again == *json);
    }
}

} // namespace
} // namespace daybook
