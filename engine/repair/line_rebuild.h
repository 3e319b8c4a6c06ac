// The sound records of one line, verbatim into a line of a new log, with the index rows that follow
// from them and the persons' data that is still there.
#pragma once

#include "engine/domain/states.h"
#include "engine/log/line_writer.h"
#include "engine/repair/survey.h"

#include <functional>

namespace daybook::repair {

// What the records leave of the book's company, and when the last one was written.
struct RebuiltEnd {
    EntityRef company;
    domain::State state;
    Version version = 0;
    Timestamp recorded_at;
    // Personal data that are nowhere, though no event says that they were erased.
    std::uint64_t persons_missing = 0;
};

// Fills line `target`, out of sight. ErrorKind::corrupt when its root is not the one surveyed.
// `step` is called after each record.
Result<RebuiltEnd> rebuild_line(log::FillableLog& log, const log::RocksdbStore& store,
                                const SurveyedLine& line, log::LineNumber target,
                                const std::function<void()>& step);

} // namespace daybook::repair
