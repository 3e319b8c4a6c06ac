// Which document an event issues or imports.
#pragma once

#include "events/event.h"

namespace daybook {

// As it was frozen; nothing where the event does neither.
inline const Frozen* document_in(const Event& event) {
    return std::visit(
        [](const auto& each) -> const Frozen* {
            if constexpr (requires { each.frozen.number; })
                return &each.frozen;
            else if constexpr (requires { each.imported.frozen.number; })
                return &each.imported.frozen;
            else
                return nullptr;
        },
        static_cast<const AnyEvent&>(event));
}

} // namespace daybook
