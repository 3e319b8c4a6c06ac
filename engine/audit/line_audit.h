// One line, record by record: that each can be read and understood, stands where it says, hashes to
// what the log stored and promised, and that the indexes say what follows from the records.
#pragma once

#include "engine/audit/chain_audit.h"
#include "engine/log/event_log.h"
#include "events/event.h"

#include <functional>

namespace daybook::audit {

// A signed head that the line is held against.
struct KnownHead {
    std::string name; // As the finding calls it: "checkpoint 3 of FILE"
    log::LineHead head;
};

struct LineSubject {
    log::LineNumber line = 0;
    std::string name; // As findings call it: "line 1 (Dupont SA)"
    std::map<Revision, Promise> promised;
    std::vector<KnownHead> heads;
};

// Called with every record that can be understood, in order; false ends the reading of the line.
using SeeRecord = std::function<bool(const std::string& where, const RecordedEvent&)>;

// Never an error: what cannot be read is a finding.
void audit_line(const log::LogReader& log, const LineSubject& subject, const SeeRecord& see,
                Report& report);

} // namespace daybook::audit
