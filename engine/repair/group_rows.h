// The rows of the groups that can still be read: which roots they promise of which line, and how
// many bytes of records the groups between them wrote.
#pragma once

#include "engine/log/group_chain.h"
#include "engine/log/rocksdb_store.h"

#include <map>

namespace daybook::repair {

struct GroupRows {
    std::uint64_t last = 0; // The highest number that is there or was acknowledged.
    std::uint64_t missing = 0;
    std::map<std::uint64_t, log::GroupRow> rows;
    std::map<log::LineNumber, std::map<Revision, Hash>> promised;
    std::map<log::LineNumber, std::map<Revision, Revision>> written; // First to last, each range.
    std::optional<Uuid> realm;                                       // From the log's birth.

    // Does a row say that this revision of the line was written?
    bool covers(log::LineNumber line, Revision revision) const;
};

GroupRows read_group_rows(const log::RocksdbStore& store,
                          const std::optional<log::ChainPosition>& head);

// Bytes of records that missing groups wrote. `size_of` gives what the records of a range weigh;
// only asked where the row before a row is missing.
using RangeBytes = std::function<std::uint64_t(log::LineNumber, Revision first, Revision last)>;
std::uint64_t missing_bytes(const GroupRows& groups, const std::optional<log::ChainPosition>& head,
                            const RangeBytes& size_of);

} // namespace daybook::repair
