#include "engine/domain/states.h"

template struct daybook::Sum<daybook::domain::AnyState>;

namespace daybook::domain {

bool operator==(const State& a, const State& b) {
    return static_cast<const AnyState&>(a) == static_cast<const AnyState&>(b);
}

} // namespace daybook::domain
