#include "api/handlers/page_limit.h"

#include "events/base/whole_number.h"

namespace daybook::api {

std::expected<std::size_t, Problem> read_page_limit(const Call& call) {
    const auto given = call.request.parameter("limit");
    if (!given)
        return kPageItems;
    const auto limit = whole_number<std::size_t>(*given);
    if (!limit || *limit < 1 || *limit > kPageItemsMax)
        return bad_parameter("limit is 1 to " + std::to_string(kPageItemsMax));
    return *limit;
}

} // namespace daybook::api
