#include "events/base/json.h"

#include "events/base/check.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace daybook {
namespace {

constexpr std::int64_t kExactInteger = (std::int64_t{1} << 53) - 1;

// RFC 8785, 3.2.2.2, which is also the least that RFC 8259 asks for: two-letter escapes where
// they exist, lowercase \u00xx for other control characters, everything else as it is.
void append_string(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char character : text) {
        switch (character) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\f':
            out += "\\f";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (const auto byte = static_cast<unsigned char>(character); byte < 0x20) {
                out += "\\u00";
                out += hex[byte >> 4U];
                out += hex[byte & 0xFU];
            } else {
                out += character;
            }
        }
    }
    out += '"';
}

// Places a byte of UTF-8 so that comparing bytes orders texts by their UTF-16 code units, as RFC
// 8785 wants. The two orders differ in one thing only: UTF-16 writes U+10000 and above with
// surrogates (D800-DFFF), hence sorts them before U+E000-U+FFFF, whose UTF-8 begins with EE or EF.
unsigned utf16_rank(char character) {
    const unsigned byte = static_cast<unsigned char>(character);
    return byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte;
}

bool utf16_less(std::string_view left, std::string_view right) {
    return std::ranges::lexicographical_compare(
        left, right, [](char a, char b) { return utf16_rank(a) < utf16_rank(b); });
}

std::vector<const JsonMember*> in_given_order(const JsonObject& object) {
    std::vector<const JsonMember*> members;
    members.reserve(object.size());
    for (const JsonMember& member : object)
        members.push_back(&member);
    return members;
}

// The two forms of text differ in exactly two points: the order of members and the numbers.
struct PlainForm {
    static void append_number(std::string& out, const JsonNumber& number) { out += number.text; }
    static auto ordered(const JsonObject& object) { return in_given_order(object); }
};

struct CanonicalForm {
    static void append_number(std::string& out, const JsonNumber& number) {
        const std::optional<std::int64_t> whole = number.integer();
        CHECK(whole && *whole >= -kExactInteger && *whole <= kExactInteger,
              "a number in canonical JSON is whole and exact as a double");
        out += std::to_string(*whole);
    }
    static auto ordered(const JsonObject& object) {
        auto members = in_given_order(object);
        std::ranges::stable_sort(members, utf16_less, [](const JsonMember* member) {
            return std::string_view(member->first);
        });
        return members;
    }
};

template <class Form>
struct Writer {
    std::string& out;

    void operator()(std::nullptr_t) const { out += "null"; }
    void operator()(bool truth) const { out += truth ? "true" : "false"; }
    void operator()(const JsonNumber& number) const { Form::append_number(out, number); }
    void operator()(const std::string& text) const { append_string(out, text); }
    void operator()(const JsonArray& items) const {
        char separator = '[';
        for (const Json& item : items) {
            out += separator;
            std::visit(*this, item.value);
            separator = ',';
        }
        out += items.empty() ? "[]" : "]";
    }
    void operator()(const JsonObject& members) const {
        char separator = '{';
        for (const JsonMember* member : Form::ordered(members)) {
            out += separator;
            append_string(out, member->first);
            out += ':';
            std::visit(*this, member->second.value);
            separator = ',';
        }
        out += members.empty() ? "{}" : "}";
    }
};

} // namespace

std::optional<std::int64_t> JsonNumber::integer() const {
    std::int64_t whole = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, whole);
    if (problem != std::errc{} || stop != end)
        return std::nullopt;
    return whole;
}

Json::Json() = default;
Json::Json(const Json&) = default;
Json::Json(Json&&) noexcept = default;
Json& Json::operator=(const Json&) = default;
Json& Json::operator=(Json&&) noexcept = default;
Json::~Json() = default;
bool Json::operator==(const Json&) const = default;

std::optional<std::int64_t> Json::integer() const {
    const JsonNumber* number = if_number();
    return number == nullptr ? std::nullopt : number->integer();
}

const Json* Json::find(std::string_view name) const {
    const JsonObject* object = if_object();
    if (object == nullptr)
        return nullptr;
    const auto found = std::ranges::find(*object, name, &JsonMember::first);
    return found == object->end() ? nullptr : &found->second;
}

Json& Json::set(std::string_view name, Json member) {
    if (is_null())
        value = JsonObject{};
    CHECK(is_object(), "only an object has members");
    JsonObject& object = std::get<JsonObject>(value);
    const auto found = std::ranges::find(object, name, &JsonMember::first);
    if (found == object.end()) {
        object.emplace_back(name, std::move(member));
    } else {
        found->second = std::move(member);
    }
    return *this;
}

Json& Json::push(Json item) {
    if (is_null())
        value = JsonArray{};
    CHECK(is_array(), "only an array has items");
    std::get<JsonArray>(value).push_back(std::move(item));
    return *this;
}

std::string to_json(const Json& json) {
    std::string out;
    std::visit(Writer<PlainForm>{out}, json.value);
    return out;
}

std::string to_canonical_json(const Json& json) {
    std::string out;
    std::visit(Writer<CanonicalForm>{out}, json.value);
    return out;
}

std::string to_pointer_token(std::string_view text) {
    std::string token;
    for (const char character : text) {
        if (character == '~') {
            token += "~0";
        } else if (character == '/') {
            token += "~1";
        } else {
            token += character;
        }
    }
    return token;
}

} // namespace daybook
