#include "api/routing/prefer.h"

#include "api/http/header_list.h"
#include "events/base/whole_number.h"

#include <algorithm>

namespace daybook::api {
std::chrono::seconds preferred_wait(std::string_view prefer) {
    constexpr std::string_view kWait = "wait=";
    for (const auto& [preference, weight] : weighted_items(prefer)) {
        if (!preference.starts_with(kWait))
            continue;
        const unsigned seconds =
            whole_number<unsigned>(preference.substr(kWait.size())).value_or(0);
        return std::min(std::chrono::seconds{seconds}, kWaitMax);
    }
    return std::chrono::seconds{0};
}

} // namespace daybook::api
