// What every log demands of a group before it writes a byte of it, in one place, so that the
// in-memory log refuses exactly what the RocksDB log refuses.
#pragma once

#include "engine/log/event_log.h"

#include <functional>

namespace daybook::log {

// Bounds of the storage format. The sequencer's own limits are tighter and speak of commands.
inline constexpr std::size_t kRecordBytesMax = 4 * 1024 * 1024;
inline constexpr std::size_t kPersonBytesMax = 64 * 1024;
inline constexpr std::size_t kIndexKeyBytesMax = 4 * 1024;

// ErrorKind::invalid for a group that no log can hold; ErrorKind::conflict when the head of a line,
// counted through the group, is not the one that a commit expects.
Result<void> check_group(std::span<const Commit> group,
                         const std::function<Result<Revision>(LineNumber)>& head_of);

// ErrorKind::invalid when [first, last] is not a range of a line that ends at `head`.
Result<void> check_range(LineNumber line, Revision first, Revision last, Revision head);

// The leaves of a perfect subtree as revisions, first and last; checked likewise.
Result<std::pair<Revision, Revision>> subtree_range(LineNumber line, unsigned height,
                                                    std::uint64_t index, Revision head);

std::string describe(LineNumber line); // "line 7"

} // namespace daybook::log
