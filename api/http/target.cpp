#include "api/http/target.h"

#include "events/base/utf8.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace daybook::api {
namespace {

using Decoded = std::expected<std::string, std::string>;

int hex_value(char digit) {
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

bool is_control(char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte < 0x20 || byte == 0x7F;
}

// The byte that "%41" stands for; nothing when that is not what `text` begins with.
std::optional<char> unescape(std::string_view text) {
    if (text.size() < 3)
        return std::nullopt;
    const int high = hex_value(text[1]);
    const int low = hex_value(text[2]);
    if (high < 0 || low < 0)
        return std::nullopt;
    return static_cast<char>(high * 16 + low);
}

enum class Plus { is_itself, is_blank };

Decoded decode(std::string_view text, Plus plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t index = 0; index < text.size(); ++index) {
        if (text[index] == '+' && plus == Plus::is_blank) {
            out += ' ';
        } else if (text[index] == '%') {
            const auto byte = unescape(text.substr(index));
            if (!byte)
                return std::unexpected(fmt::format("\"{}\" has a bad % escape", text));
            out += *byte;
            index += 2;
        } else {
            out += text[index];
        }
    }
    if (std::ranges::any_of(out, is_control)) {
        return std::unexpected(fmt::format("\"{}\" holds a control character", text));
    }
    if (!is_utf8(out))
        return std::unexpected(fmt::format("\"{}\" is not UTF-8", text));
    return out;
}

// Calls `visit` for each part between separators; stops at the first error it returns.
template <class Visit>
std::expected<void, std::string> for_each_part(std::string_view text, char separator, Visit visit) {
    while (true) {
        const std::size_t end = std::min(text.find(separator), text.size());
        if (auto visited = visit(text.substr(0, end)); !visited)
            return visited;
        if (end == text.size())
            return {};
        text.remove_prefix(end + 1);
    }
}

std::expected<void, std::string> add_segment(Target& target, std::string_view text) {
    Decoded segment = decode(text, Plus::is_itself);
    if (!segment)
        return std::unexpected(std::move(segment).error());
    // A proxy may resolve these before it decides who may pass; we would not.
    if (*segment == "." || *segment == "..") {
        return std::unexpected("the path holds a \".\" or \"..\" segment");
    }
    target.path += '/' + *segment;
    target.segments.push_back(*std::move(segment));
    return {};
}

std::expected<void, std::string> add_parameter(Target& target, std::string_view text) {
    if (text.empty())
        return {};
    const std::size_t equals = std::min(text.find('='), text.size());
    Decoded name = decode(text.substr(0, equals), Plus::is_blank);
    if (!name)
        return std::unexpected(std::move(name).error());
    Decoded value = decode(text.substr(std::min(equals + 1, text.size())), Plus::is_blank);
    if (!value)
        return std::unexpected(std::move(value).error());
    target.query.emplace_back(*std::move(name), *std::move(value));
    return {};
}

} // namespace

std::expected<Target, std::string> parse_target(std::string_view text) {
    const std::size_t question = std::min(text.find('?'), text.size());
    const std::string_view path = text.substr(0, question);
    if (!path.starts_with('/'))
        return std::unexpected("the target does not begin with \"/\"");

    Target target;
    if (path == "/") {
        target.path = "/";
    } else {
        const auto segments = for_each_part(
            path.substr(1), '/', [&](std::string_view part) { return add_segment(target, part); });
        if (!segments)
            return std::unexpected(segments.error());
    }
    const auto query =
        for_each_part(text.substr(std::min(question + 1, text.size())), '&',
                      [&](std::string_view part) { return add_parameter(target, part); });
    if (!query)
        return std::unexpected(query.error());
    return target;
}

} // namespace daybook::api
