// How many items a page of a long answer has.
#pragma once

#include "api/routing/call.h"

namespace daybook::api {

inline constexpr std::size_t kPageItems = 50;
inline constexpr std::size_t kPageItemsMax = 500;

// The parameter `limit`, where it is given.
std::expected<std::size_t, Problem> read_page_limit(const Call& call);

} // namespace daybook::api
