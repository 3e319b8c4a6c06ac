// Where the history of a line was left out, its first record says so, and of what the line is the
// state; the records up to `through` are its opening (events/opening_events.h). What lay before can
// neither be looked at nor gone back to.
#pragma once

#include "engine/log/event_log.h"
#include "events/event.h"

#include <optional>

namespace daybook::command {

// Of a line's first record; nothing where history is whole.
Result<std::optional<HistoryLeftOut>> opening_in(std::string_view record);
Result<std::optional<HistoryLeftOut>> find_opening(const log::LogReader& log, log::LineNumber line);

// The first moment that is kept: the end of the opening; 0 where history is whole.
Result<Revision> first_kept(const log::LogReader& log, log::LineNumber line);

// What a record of kept commands says of that one: the hash of what was asked. Nothing for any
// other record.
Result<std::optional<Hash>> kept_request(const Envelope& envelope, std::string_view command_key);

} // namespace daybook::command
