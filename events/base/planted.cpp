#include "events/base/planted.h"

#ifdef DAYBOOK_PLANTED_BUGS

#include <cstdlib>

namespace daybook {

bool planted(std::string_view bug) {
    static const char* const chosen = std::getenv("DAYBOOK_PLANTED_BUG");
    return chosen != nullptr && bug == chosen;
}

} // namespace daybook

#endif
