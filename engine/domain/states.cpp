#include "engine/domain/states.h"

namespace daybook::domain {

State::State() = default;
State::State(const State&) = default;
State::State(State&&) noexcept = default;
State& State::operator=(const State&) = default;
State& State::operator=(State&&) noexcept = default;
State::~State() = default;

bool operator==(const State& a, const State& b) {
    return static_cast<const AnyState&>(a) == static_cast<const AnyState&>(b);
}

} // namespace daybook::domain
