// Which events of a line still count: those on the path that leads to what their thing is now. A
// return takes back the versions between the one it goes to and itself; a later return may bring
// them in again. Nothing is stored: the feed never changes what it sent, so this is asked anew.
//
// What is learned of a thing is kept as of the head at the first question: make one for each
// answer.
#pragma once

#include "engine/log/event_log.h"

#include <map>
#include <optional>
#include <vector>

namespace daybook::command {

class LiveVersions {
  public:
    // `log` outlives it; `book` is the company's id inside the line's records. What counted at
    // `until`, a commit end; nothing = what counts today.
    LiveVersions(const log::LogReader& log, log::LineNumber line, CompanyId book,
                 std::optional<Revision> until = std::nullopt)
        : log_(&log), line_(line), book_(book), until_(until) {}

    Result<bool> is_live(EntityRef thing, Version version);

  private:
    // Versions that no longer count: first and last of each stretch, the newest stretch first.
    using Dead = std::vector<std::pair<Version, Version>>;

    Result<bool> has_gone_back();
    Result<Dead> dead_of(EntityRef thing) const;

    const log::LogReader* log_;
    log::LineNumber line_;
    CompanyId book_;
    std::optional<Revision> until_;
    std::optional<bool> has_gone_back_;
    std::map<EntityRef, Dead> dead_;
};

} // namespace daybook::command
