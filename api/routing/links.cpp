#include "api/routing/links.h"

#include <fmt/format.h>

namespace daybook::api {

std::string percent_encoded(std::string_view text) {
    std::string encoded;
    for (const char c : text) {
        if (std::string_view("-._~").find(c) != std::string_view::npos || (c >= '0' && c <= '9')
            || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            encoded += c;
        else
            encoded += fmt::format("%{:02X}", static_cast<std::uint8_t>(c));
    }
    return encoded;
}

std::string query_with(const Request& request, std::string_view name, std::string_view value) {
    std::string query;
    const auto add = [&](std::string_view key, std::string_view text) {
        query += (query.empty() ? "?" : "&") + percent_encoded(key) + "=" + percent_encoded(text);
    };
    if (!value.empty())
        add(name, value);
    for (const auto& [key, text] : request.query)
        if (key != name)
            add(key, text);
    return query;
}

std::string link(std::string_view target, std::string_view relation) {
    return fmt::format("<{}>; rel=\"{}\"", target, relation);
}

} // namespace daybook::api
