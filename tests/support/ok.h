// ok(result) is the value of a Result that must not have failed; else it ends the test binary's run
// of this test by an exception that prints the error.
#pragma once

#include "events/base/result.h"

#include <stdexcept>

namespace daybook::tests {

template <class T>
T ok(Result<T> result) {
    if (!result.has_value())
        throw std::runtime_error("unexpected error: " + result.error().what);
    if constexpr (!std::is_void_v<T>)
        return std::move(result).value();
}

// The kind of a Result that must have failed.
template <class T>
ErrorKind kind_of_failure(const Result<T>& result) {
    if (result.has_value())
        throw std::runtime_error("an error was expected");
    return result.error().kind;
}

} // namespace daybook::tests
