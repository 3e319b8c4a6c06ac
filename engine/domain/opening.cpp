#include "engine/domain/opening.h"

#include "events/base/check.h"

namespace daybook::domain {

Event opening_of(const State& state) {
    Event opening;
    bool found = false;
    boost::mp11::mp_for_each<
        boost::mp11::mp_transform<std::type_identity, boost::mp11::mp_map_keys<Openings>>>(
        [&](auto each) {
            using E = typename decltype(each)::type;
            if (const auto* own = std::get_if<OpenedState<E>>(&state)) {
                opening = with_fields_of<E>(*own);
                found = true;
            }
        });
    CHECK(found, "a thing that an opening tells of has a state of its own");
    return opening;
}

} // namespace daybook::domain
