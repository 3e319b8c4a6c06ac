// HEAD, bit by bit: each slot is exactly what was written into it, or was being written when the
// machine stopped. Opening is content with one good slot; whoever looks for damage is not.
#pragma once

#include "engine/audit/report.h"
#include "engine/log/rocksdb_log_inspection.h"

#include <map>

namespace daybook::audit {

// Where the chain of the log stood after its groups, by group: its last few, and those that a slot
// names, as far as they are there.
using Ends = std::map<std::uint64_t, log::ChainPosition>;

struct HeadFound {
    log::FoundHead head;
    // The file as it was read. Empty where it is being written: each slot is new at every second
    // group, and what it says is all there is to look at.
    std::string bytes;
};

// The groups that sound slots name.
std::vector<std::uint64_t> groups_named(const HeadFound& found);

// Whether both slots can be believed. There is a position.
bool audit_slots(const HeadFound& found, const Ends& ends, Report& report);

} // namespace daybook::audit
