#include "api/http/message.h"

#include <algorithm>

namespace daybook::api {

bool equals_ignoring_case(std::string_view left, std::string_view right) {
    const auto lower = [](char character) {
        return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                                    : character;
    };
    return std::ranges::equal(left, right, {}, lower, lower);
}

std::string_view Request::header(std::string_view name) const {
    const auto found = std::ranges::find(headers, name, &Header::first);
    return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

std::optional<std::string_view> Request::parameter(std::string_view name) const {
    const auto found = std::ranges::find(query, name, &Header::first);
    if (found == query.end())
        return std::nullopt;
    return found->second;
}

} // namespace daybook::api
