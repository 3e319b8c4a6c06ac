// Events with everything assigned that the leaf hash will cover: positions, versions, times, ids.
#pragma once

#include "engine/command/line_books.h"
#include "engine/command/submission.h"
#include "engine/ports.h"

namespace daybook::command {

struct CommitDraft {
    log::Commit commit; // Records and persons; index rows join when the books have moved on.
    std::vector<RecordedEvent> events;
    std::size_t bytes = 0;
};

struct Stamp {
    Uuid realm;
    std::string software;
    Timestamp clock_at;
    Timestamp recorded_at;
};

// Encodes each event and reads it back with the reader's own limits before anybody trusts it.
// Refuses commit_too_large with the count; a record that cannot be read back is a refusal too when
// it is too large, and an error otherwise.
std::expected<CommitDraft, Outcome> draft_commit(const LineBooks& books,
                                                 std::vector<domain::NewEvent> events,
                                                 const Submission& submission, const Stamp& stamp,
                                                 IdSource& ids);

} // namespace daybook::command
