// Attached files held against their names: each that is in the blob store is hashed. One that is
// not there is no fault, for a backup may leave it out; how many are missing is noted.
#pragma once

#include "engine/audit/report.h"
#include "engine/large_files.h"
#include "events/event.h"

#include <set>

namespace daybook::audit {

class FileAudit {
  public:
    // Every event of every line.
    void see(const RecordedEvent& recorded);
    // `directory` is the data directory.
    void finish(Files& files, LargeFiles& large_files, const std::string& directory,
                Report& report) const;

  private:
    std::set<Hash> named_;
};

} // namespace daybook::audit
