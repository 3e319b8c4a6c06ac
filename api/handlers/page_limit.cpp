#include "api/handlers/page_limit.h"

#include "events/base/whole_number.h"

#include <algorithm>

namespace daybook::api {

std::vector<Parameter> picked_parameters(std::initializer_list<std::string_view> names) {
    std::vector<Parameter> parameters = list_parameters({});
    std::erase_if(parameters, [&](const Parameter& parameter) {
        return std::ranges::find(names, parameter.name) == names.end();
    });
    return parameters;
}

std::vector<Parameter> csv_parameters() {
    return picked_parameters({"separator", "bom", "decimal"});
}

Schema page_of_one_way(const Schema& item) {
    using namespace schema;
    return object({{"items", array(item)},
                   {"next", nullable(text())},
                   {"prev", nullable(text())},
                   {"revision", integer()}});
}

std::expected<std::size_t, Problem> read_page_limit(const Call& call) {
    const auto given = call.request.parameter("limit");
    if (!given)
        return kPageItems;
    const auto limit = whole_number<std::size_t>(*given);
    if (!limit || *limit < 1 || *limit > kPageItemsMax)
        return bad_parameter("limit", "1 to " + std::to_string(kPageItemsMax));
    return *limit;
}

} // namespace daybook::api
