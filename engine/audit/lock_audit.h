// Locked days, a second time: what is booked on one while it is locked. Each lock is a thing of its
// own; the books are locked through the latest that is not lifted.
#pragma once

#include "engine/audit/report.h"
#include "events/event.h"

#include <map>
#include <optional>

namespace daybook::audit {

class LockAudit {
  public:
    // In order of revision. What an opening tells was booked before its locks.
    void see(const std::string& where, const RecordedEvent& recorded, Report& report);

  private:
    std::optional<Date> locked_through() const;

    // Of each lock, from version 1: until when, nothing once it is lifted.
    std::map<Uuid, std::vector<std::optional<Date>>> locks_;
};

} // namespace daybook::audit
