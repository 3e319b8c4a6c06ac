#include "engine/domain/prospective_books.h"

#include "engine/domain/traces.h"

#include <algorithm>

namespace daybook::domain {

void ProspectiveBooks::lay_over(EntityRef thing, State state) {
    states_.insert_or_assign(thing, std::move(state));
}

Result<void> ProspectiveBooks::apply(const NewEvent& event) {
    const State* before = find(event.thing);
    lay_over(event.thing, TRY(evolve(before ? *before : State{}, event.event)));
    for (const EntityRef& touched : touched_by(event.event))
        touches_[touched].insert(event.thing);
    for (const auto& [series, period, to] : series_advances(event.thing, event.event)) {
        const SeriesPosition position = farther(series_position(series, period), to);
        positions_.insert_or_assign({series, period}, position);
    }
    return {};
}

const State* ProspectiveBooks::find(EntityRef thing) const {
    const auto laid = states_.find(thing);
    if (laid == states_.end())
        return below_.find(thing);
    return exists(laid->second) ? &laid->second : nullptr;
}

std::vector<Uuid> ProspectiveBooks::all(EntityKind kind) const {
    std::vector<Uuid> ids = below_.all(kind);
    for (const auto& [thing, state] : states_)
        if (thing.kind == kind)
            ids.push_back(thing.id);
    std::ranges::sort(ids);
    ids.erase(std::ranges::unique(ids).begin(), ids.end());
    std::erase_if(ids, [&](const Uuid& id) { return find({kind, id}) == nullptr; });
    return ids;
}

std::vector<EntityRef> ProspectiveBooks::touching(EntityRef thing) const {
    std::vector<EntityRef> touchers = below_.touching(thing);
    if (const auto more = touches_.find(thing); more != touches_.end())
        for (const EntityRef& toucher : more->second)
            if (std::ranges::find(touchers, toucher) == touchers.end())
                touchers.push_back(toucher);
    return touchers;
}

SeriesPosition ProspectiveBooks::series_position(SeriesId series, std::string_view period) const {
    const auto moved = positions_.find({series, std::string(period)});
    return moved == positions_.end() ? below_.series_position(series, period) : moved->second;
}

std::optional<Date> ProspectiveBooks::series_last_issued_on(SeriesId series) const {
    std::optional<Date> last = below_.series_last_issued_on(series);
    for (const auto& [place, position] : positions_)
        if (place.first == series)
            last = std::max(last, position.last_issued_on);
    return last;
}

std::optional<EntityRef> ProspectiveBooks::claimant(std::string_view claim) const {
    return below_.claimant(claim);
}

} // namespace daybook::domain
