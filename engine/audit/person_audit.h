// Personal data held against the names that events give them: each is there as it was written, or
// an event says that it was erased; and there are no others.
#pragma once

#include "engine/audit/chain_audit.h"
#include "events/event.h"

#include <unordered_map>

namespace daybook::audit {

class PersonAudit {
  public:
    // Every event of every line in sight; `here` is its place.
    void see(const std::string& where, const RecordedEvent& recorded, const Place& here);
    void finish(const log::RocksdbStore& store, const Promises& promises, Report& report);

  private:
    struct Named { // By the first event that does.
        std::uint64_t size = 0;
        std::string where;
        Place place;
        bool is_there = false;
    };

    bool is_read(const Promises& promises, log::LineNumber line) const;
    void compare(std::string_view key, std::string_view bytes, const Promises& promises,
                 Report& report);
    void find_missing(const Promises& promises, Report& report) const;

    // How many events of a line were seen. What others name, nobody knows.
    std::map<log::LineNumber, Revision> seen_;
    std::map<log::LineNumber, std::map<Hash, Named>> named_;
    // Of any line: one that was copied from before the erasure has no such event itself.
    std::set<Hash> erased_;
};

} // namespace daybook::audit
