#include "engine/adapters/terminal.h"

#include <cstdlib>
#include <string_view>
#include <unistd.h>

namespace daybook {
namespace {

std::string_view variable(const char* name) {
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nobody sets one.
    return value == nullptr ? std::string_view() : std::string_view(value);
}

} // namespace

bool is_terminal(int descriptor) { return isatty(descriptor) == 1; }

bool shows_colours(int descriptor) {
    return is_terminal(descriptor) && variable("NO_COLOR").empty() && variable("TERM") != "dumb";
}

} // namespace daybook
