// JSON as a plain value: what a request's body becomes, and what answers and state hashes are
// written from.
//
// Two decisions. Members keep their order, so that what was read can be shown as it was sent. A
// number keeps its text: there is no double here, hence nothing is ever rounded, and whoever wants
// an integer asks for one. Strings are valid UTF-8; whoever makes them sees to that
// (events/base/strict_json.h does for everything that arrives).
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace daybook {

struct Json;
using JsonArray = std::vector<Json>;
using JsonMember = std::pair<std::string, Json>;
using JsonObject = std::vector<JsonMember>; // In order of insertion; names are distinct.

// A number in the spelling of its source, as JSON's grammar allows it: "12", "-0.50", "1e400".
struct JsonNumber {
    std::string text;

    // The value, when the text is a whole number without fraction or exponent within 64 bits.
    std::optional<std::int64_t> integer() const;
    bool operator==(const JsonNumber&) const = default;
};

// Null unless told otherwise. Two are equal when they would be written the same: the order of
// members and the spelling of numbers count.
struct Json {
    std::variant<std::nullptr_t, bool, JsonNumber, std::string, JsonArray, JsonObject> value;

    // Copied, compared and destroyed in json.cpp, not in each of the hundred files that do so.
    Json();
    Json(const Json&);
    Json(Json&&) noexcept;
    Json& operator=(const Json&);
    Json& operator=(Json&&) noexcept;
    ~Json();
    Json(std::nullptr_t) {}
    template <std::same_as<bool> T>
    Json(T truth) : value(truth) {}
    template <std::integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, char>) Json(T whole)
        : value(JsonNumber{std::to_string(whole)}) {}
    template <std::floating_point T>
    Json(T) = delete; // Neither money nor a quantity is ever a double.
    Json(JsonNumber number) : value(std::move(number)) {}
    Json(std::string text) : value(std::move(text)) {}
    Json(std::string_view text) : value(std::string(text)) {}
    Json(const char* text) : value(std::string(text)) {}
    template <class T>
    Json(const T*) = delete; // Would otherwise become a bool.
    Json(JsonArray items) : value(std::move(items)) {}
    Json(JsonObject members) : value(std::move(members)) {}

    bool is_null() const { return std::holds_alternative<std::nullptr_t>(value); }
    bool is_bool() const { return std::holds_alternative<bool>(value); }
    bool is_number() const { return std::holds_alternative<JsonNumber>(value); }
    bool is_string() const { return std::holds_alternative<std::string>(value); }
    bool is_array() const { return std::holds_alternative<JsonArray>(value); }
    bool is_object() const { return std::holds_alternative<JsonObject>(value); }

    // The content, when it is of that kind; else nullptr.
    const bool* if_bool() const { return std::get_if<bool>(&value); }
    const JsonNumber* if_number() const { return std::get_if<JsonNumber>(&value); }
    const std::string* if_string() const { return std::get_if<std::string>(&value); }
    const JsonArray* if_array() const { return std::get_if<JsonArray>(&value); }
    const JsonObject* if_object() const { return std::get_if<JsonObject>(&value); }
    // A number that is a whole one; see JsonNumber::integer().
    std::optional<std::int64_t> integer() const;

    // The member of that name; nullptr when there is none or this is not an object.
    const Json* find(std::string_view name) const;
    // Replaces the member of that name, or adds it as the last one. On null: becomes an object.
    Json& set(std::string_view name, Json member);
    // Adds an item at the end. On null: becomes an array.
    Json& push(Json item);

    bool operator==(const Json&) const;
};

// Compact text: no blanks, members in their order, only what must be escaped is.
std::string to_json(const Json& json);

// The one text of RFC 8785 for that value, whatever the order of its members: what is hashed.
// Every number must be a whole one within +-(2^53 - 1), which is where RFC 8785's own numbers
// (doubles) stop being exact; a greater one travels as a string. Anything else is a bug of the
// caller.
std::string to_canonical_json(const Json& json);

// `text` as one reference token of a JSON pointer (RFC 6901): "~" becomes "~0" and "/" "~1".
std::string to_pointer_token(std::string_view text);

} // namespace daybook
