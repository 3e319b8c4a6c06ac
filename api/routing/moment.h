// A moment as people write it: "@41", or an instant of RFC 3339 (http-api.md, "Habits").
#pragma once

#include "api/problem.h"

#include <expected>
#include <string_view>
#include <variant>

namespace daybook::api {

using Moment = std::variant<Revision, Timestamp>;

// 400 bad_parameter, naming the parameter, where the text is neither.
std::expected<Moment, Problem> read_moment(std::string_view parameter, std::string_view text);

} // namespace daybook::api
