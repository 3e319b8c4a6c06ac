// What the sequencer gathers before it writes: commits that become durable together, and the
// answers that wait for it. Included by the sequencer's own sources only.
#pragma once

#include "engine/command/sequencer.h"

namespace daybook::command {

inline const CompanyLine kInstanceBook{{}, {}, 1, log::kInstanceLine, {}};

struct Sequencer::Group {
    std::vector<log::Commit> commits;
    std::vector<std::vector<RecordedEvent>> events; // One entry a commit.
    std::vector<std::pair<Done, Outcome>> answers;
    std::size_t bytes = 0;
    std::optional<log::LineNumber> shows; // A line that this group brings to sight.
    bool must_end = false; // The books no longer match what is pending; flush and forget them.
};

} // namespace daybook::command
