// The fold: one event applied to one state. Which event fits which state follows from the overloads
// in evolution.h, found by the compiler; there is no second list to forget an event in.
#include "engine/domain/evolution.h"
#include "events/base/reflect.h"
#include "events/catalogue.h"

#include <array>
#include <boost/mp11.hpp>
#include <fmt/format.h>
#include <utility>

namespace daybook::domain {
namespace {

template <class E>
concept Begins = requires(const E& event) {
    begin(event);
};
template <class S, class E>
concept Changes = requires(S& state, const E& event) {
    change(state, event);
};

// What happens to a document on its way outside is told by the record; the document stays.
template <class E>
inline constexpr bool kLeavesThingAsItIs = boost::mp11::mp_contains<
    boost::mp11::mp_list<DocumentRendered, DocumentSent, DeliveryReported, LifecycleReported>,
    E>::value;

constexpr std::array kKinds = {
    EntityKind::none,    EntityKind::company,       EntityKind::series,      EntityKind::tax_rate,
    EntityKind::terms,   EntityKind::money_account, EntityKind::period,      EntityKind::client,
    EntityKind::product, EntityKind::invoice,       EntityKind::credit_note, EntityKind::payment,
    EntityKind::file,    EntityKind::import,        EntityKind::timeline};
static_assert(kKinds.size() == std::variant_size_v<AnyState>, "one kind a state");

std::unexpected<Error> misfit(const State& state, const Event& event) {
    const std::string thing =
        exists(state) ? enum_name(kind_of(state)) : "a thing that is not there";
    return fail(ErrorKind::corrupt,
                fmt::format("{} cannot happen to {}", info_of(event).name, thing));
}

// False where the thing is not of that kind, or the event does nothing to such a thing.
template <class S, class E>
bool change_if(State& state, const E& event) {
    if constexpr (Changes<S, E>) {
        if (S* thing = std::get_if<S>(&state)) {
            change(*thing, event);
            return true;
        }
    }
    return false;
}

// Visiting both at once would be fifteen hundred functions to compile for a hundred that do
// something.
template <class E, class... S>
bool change_whichever(std::variant<S...>*, State& state, const E& event) {
    return kLeavesThingAsItIs<E> || (... || change_if<S>(state, event));
}

} // namespace

EntityKind kind_of(const State& state) { return kKinds[state.index()]; }

Result<State> evolve(State before, const Event& event) {
    if (!exists(before))
        return std::visit(
            [&]<class E>(const E& e) -> Result<State> {
                if constexpr (Begins<E>)
                    return State(begin(e));
                else
                    return misfit(before, event);
            },
            event);
    constexpr AnyState* kKindsOfState = nullptr;
    const bool fits = std::visit(
        [&](const auto& e) { return change_whichever(kKindsOfState, before, e); }, event);
    if (!fits)
        return misfit(before, event);
    return before;
}

} // namespace daybook::domain
