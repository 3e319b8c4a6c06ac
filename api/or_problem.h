// For TRY in handlers, where the world may fail: the error, as the problem that answers it.
#pragma once

#include "api/problem.h"

#include <expected>
#include <utility>

namespace daybook::api {

template <class T>
std::expected<T, Problem> or_problem(Result<T> result) {
    if (!result)
        return std::unexpected(problem_of(result.error()));
    if constexpr (std::is_void_v<T>)
        return {};
    else
        return std::move(*result);
}

} // namespace daybook::api
