// What a line knows that a book forked from an earlier moment of it must be told: how far its
// numbers came, and which documents were issued since.
#pragma once

#include "engine/log/event_log.h"
#include "events/company_events.h"

#include <vector>

namespace daybook::command {

// How far each series came by now, on lines that were rolled back too: no number is given twice.
Result<std::vector<SeriesFloor>> series_floors(const log::LogReader& log, log::LineNumber line);
// The farther of both, series by series.
std::vector<SeriesFloor> farther(std::vector<SeriesFloor> floors,
                                 const std::vector<SeriesFloor>& others);

// Documents issued after a commit end: facts that whoever goes on from there does not know. At most
// 5,000, enough to see what is where: the fork event must stay one record.
Result<std::vector<OnlyInParent>> issued_after(const log::LogReader& log, log::LineNumber line,
                                               Revision after);

} // namespace daybook::command
