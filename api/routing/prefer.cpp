#include "api/routing/prefer.h"

#include "events/base/whole_number.h"

#include <algorithm>

namespace daybook::api {
namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

} // namespace

std::chrono::seconds preferred_wait(std::string_view prefer) {
    constexpr std::string_view kWait = "wait=";
    while (!prefer.empty()) {
        const std::string_view one = prefer.substr(0, prefer.find(','));
        prefer.remove_prefix(std::min(prefer.size(), one.size() + 1));
        const std::string_view preference = trimmed(one.substr(0, one.find(';')));
        if (!preference.starts_with(kWait))
            continue;
        const unsigned seconds =
            whole_number<unsigned>(preference.substr(kWait.size())).value_or(0);
        return std::min(std::chrono::seconds{seconds}, kWaitMax);
    }
    return std::chrono::seconds{0};
}

} // namespace daybook::api
