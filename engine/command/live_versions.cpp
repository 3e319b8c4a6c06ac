#include "engine/command/live_versions.h"

#include "engine/command/fold.h"

#include <algorithm>

namespace daybook::command {

// Only a rollback or an undo makes things return, and each has an event of the timeline.
Result<bool> LiveVersions::has_gone_back() {
    if (!has_gone_back_) {
        const EntityRef timeline{EntityKind::timeline, book_.value};
        has_gone_back_ =
            line_ != log::kInstanceLine && TRY(newest_version(*log_, line_, timeline)) > 0;
    }
    return *has_gone_back_;
}

Result<LiveVersions::Dead> LiveVersions::dead_of(EntityRef thing) const {
    Dead dead;
    for (Version at = TRY(newest_version(*log_, line_, thing)); at > 0;) {
        const RecordedEvent recorded = TRY(read_version(*log_, line_, thing, at));
        if (until_ && recorded.envelope.revision > *until_) {
            --at; // Later than the question.
            continue;
        }
        const Version before = TRY(version_before(at, recorded.event));
        if (before + 1 < at)
            dead.emplace_back(before + 1, at - 1);
        at = before;
    }
    return dead;
}

Result<bool> LiveVersions::is_live(EntityRef thing, Version version) {
    if (!TRY(has_gone_back()))
        return true;
    auto found = dead_.find(thing);
    if (found == dead_.end()) {
        Dead dead = TRY(dead_of(thing));
        found = dead_.emplace(thing, std::move(dead)).first;
    }
    return std::ranges::none_of(found->second, [&](const auto& stretch) {
        return stretch.first <= version && version <= stretch.second;
    });
}

} // namespace daybook::command
