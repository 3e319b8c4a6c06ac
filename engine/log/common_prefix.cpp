#include "engine/log/common_prefix.h"

#include <algorithm>

namespace daybook::log {

Result<Revision> common_prefix(const LogReader& log, LineNumber one, LineNumber other,
                               Revision at_most) {
    if (one == other)
        return std::min(at_most, TRY(log.head(one)).revision);
    return common_prefix(log, one, log, other, at_most);
}

Result<Revision> common_prefix(const LogReader& log, LineNumber one, const LogReader& other_log,
                               LineNumber other, Revision at_most) {
    Revision unequal = 1
                       + std::min({at_most, TRY(log.head(one)).revision,
                                   TRY(other_log.head(other)).revision}); // Or not asked about.
    // Lines that differ at n differ at every m > n, so the first difference is found by halves.
    Revision equal = 0;
    while (unequal - equal > 1) {
        const Revision middle = equal + (unequal - equal) / 2;
        const bool same = TRY(log.root_at(one, middle)) == TRY(other_log.root_at(other, middle));
        (same ? equal : unequal) = middle;
    }
    return equal;
}

} // namespace daybook::log
