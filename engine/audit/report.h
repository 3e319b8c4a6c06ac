// What a verification found. Sound means: nothing was found.
#pragma once

#include "events/identifiers.h"

#include <cstdint>
#include <string>
#include <vector>

namespace daybook::audit {

// One thing that is not as it must be, and where: "HEAD", "group 12", "line 1, event 42",
// "checkpoint of 2,551 records". For people; the words may change.
struct Finding {
    std::string where;
    std::string what;

    bool operator==(const Finding&) const = default;
};

// Beyond this many findings only their number is of use.
inline constexpr std::size_t kFindingsMax = 100;

struct Report {
    std::vector<Finding> findings;  // The first kFindingsMax of them, in order.
    std::uint64_t found = 0;        // All of them.
    std::vector<std::string> notes; // What is no fault and worth knowing.
    std::uint64_t groups = 0;
    std::uint64_t lines = 0;
    std::uint64_t events = 0;
    std::uint64_t bytes = 0;       // Of records.
    std::uint64_t checkpoints = 0; // Held against the log.
    std::uint64_t files = 0;       // Attached ones, hashed.

    bool is_sound() const { return found == 0; }
    void find(std::string where, std::string what) {
        ++found;
        if (findings.size() < kFindingsMax)
            findings.push_back({std::move(where), std::move(what)});
    }
};

} // namespace daybook::audit
