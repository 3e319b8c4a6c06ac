// CHECK: the assertion that is always on. A failed check is a bug of ours; the process stops before
// it writes anything that would have to be explained to an auditor.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace daybook {

[[noreturn]] inline void check_failed(const char* condition, const char* must_hold,
                                      const char* file, int line) {
    std::fprintf(stderr, "%s:%d: CHECK failed: %s (%s)\n", file, line, must_hold, condition);
    std::abort();
}

} // namespace daybook

#define CHECK(condition, must_hold)                                                                \
    ((condition) ? static_cast<void>(0)                                                            \
                 : ::daybook::check_failed(#condition, must_hold, __FILE__, __LINE__))
