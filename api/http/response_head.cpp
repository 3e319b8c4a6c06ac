#include "api/http/response_head.h"

#include <algorithm>
#include <array>

namespace daybook::api {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kDefaults = {{
    {"X-Content-Type-Options", "nosniff"},
    {"Cache-Control", "no-store"},
    {"Referrer-Policy", "no-referrer"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
}};
constexpr std::array<std::string_view, 4> kServersOwn = {"content-length", "transfer-encoding",
                                                         "connection", "x-request-id"};
constexpr std::size_t kRequestIdSizeMax = 64;

bool is_letter_or_digit(char character) {
    return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z')
           || (character >= 'A' && character <= 'Z');
}

bool is_name(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char character) {
        return is_letter_or_digit(character) || character == '-';
    });
}

bool is_value(std::string_view value) {
    return std::ranges::none_of(value, [](char character) {
        const auto byte = static_cast<unsigned char>(character);
        return (byte < 0x20 && byte != '\t') || byte == 0x7F;
    });
}

} // namespace

void complete_headers(Response& response, std::string_view request_id) {
    std::erase_if(response.headers, [](const Header& header) {
        return std::ranges::any_of(kServersOwn, [&](std::string_view name) {
            return equals_ignoring_case(header.first, name);
        });
    });
    for (const auto& [name, value] : kDefaults) {
        const bool is_set = std::ranges::any_of(response.headers, [&](const Header& header) {
            return equals_ignoring_case(header.first, name);
        });
        if (!is_set)
            response.headers.emplace_back(name, value);
    }
    response.headers.emplace_back("X-Request-Id", request_id);
}

bool is_sendable(const Response& response) {
    return response.status >= 200 && response.status <= 599
           && std::ranges::all_of(response.headers, [](const Header& header) {
                  return is_name(header.first) && is_value(header.second);
              });
}

bool is_sane_request_id(std::string_view text) {
    return !text.empty() && text.size() <= kRequestIdSizeMax
           && std::ranges::all_of(text, [](char character) {
                  return is_letter_or_digit(character) || character == '-' || character == '_'
                         || character == '.';
              });
}

} // namespace daybook::api
