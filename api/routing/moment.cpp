#include "api/routing/moment.h"

#include "events/base/whole_number.h"

namespace daybook::api {

std::expected<Moment, Problem> read_moment(std::string_view parameter, std::string_view text) {
    if (text.starts_with('@')) {
        const auto revision = whole_number<Revision>(text.substr(1));
        if (!revision)
            return bad_parameter(parameter, "@<revision> or an instant");
        return *revision;
    }
    const auto at = parse_timestamp(text);
    if (!at)
        return bad_parameter(parameter, at.error().what);
    return *at;
}

} // namespace daybook::api
