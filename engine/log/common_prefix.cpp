#include "engine/log/common_prefix.h"

#include <algorithm>

namespace daybook::log {

Result<Revision> common_prefix(const LogReader& log, LineNumber one, LineNumber other,
                               Revision at_most) {
    Revision unequal = 1
                       + std::min({at_most, TRY(log.head(one)).revision,
                                   TRY(log.head(other)).revision}); // Or not asked about.
    if (one == other)
        return unequal - 1;
    // Lines that differ at n differ at every m > n, so the first difference is found by halves.
    Revision equal = 0;
    while (unequal - equal > 1) {
        const Revision middle = equal + (unequal - equal) / 2;
        const bool same = TRY(log.root_at(one, middle)) == TRY(log.root_at(other, middle));
        (same ? equal : unequal) = middle;
    }
    return equal;
}

} // namespace daybook::log
