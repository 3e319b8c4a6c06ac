#include "events/event.h"

namespace daybook {

template struct Sum<AnyEvent>;

bool operator==(const Event& a, const Event& b) {
    return static_cast<const AnyEvent&>(a) == static_cast<const AnyEvent&>(b);
}

} // namespace daybook
