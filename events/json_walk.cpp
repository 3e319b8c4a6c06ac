#include "events/json_walk.h"

namespace daybook {

Json event_to_json(const Event& event, int digits) {
    return std::visit([&](const auto& alternative) { return to_json_value(alternative, digits); },
                      event);
}

} // namespace daybook
