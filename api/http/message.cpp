#include "api/http/message.h"

#include <algorithm>

namespace daybook::api {

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
