// What a verification found. Sound means: nothing was found.
#pragma once

#include "events/calendar.h"
#include "events/identifiers.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace daybook::audit {

// What a finding speaks of, as far as it is known.
struct Place {
    std::string file; // Below the data directory: "log/000012.log".
    std::optional<std::uint32_t> line;
    Revision revision = 0; // 0: no event.
    EntityRef thing;
    std::string number;                   // Of that thing, where it has one.
    std::optional<Timestamp> recorded_at; // That event, by its own word.
    std::optional<Timestamp> after;       // The last event before it that could be read.

    bool operator==(const Place&) const = default;
};

// One thing that is not as it must be, and where: "HEAD", "group 12", "line 1, event 42",
// "checkpoint of 2,551 records". For people; the words may change.
struct Finding {
    std::string where;
    std::string what;
    Place place;

    bool operator==(const Finding&) const = default;
};

// The finding in one line, with its place.
std::string to_text(const Finding& finding);

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
    std::uint64_t persons = 0;     // Personal data, hashed.
    std::uint64_t files = 0;       // Attached ones, hashed.
    Place here;                    // What is being read: whoever finds something finds it here.

    bool is_sound() const { return found == 0; }
    // The first that names an event; else the first. Of a report that is not sound.
    const Finding& first() const;
    void find(std::string where, std::string what) {
        find(std::move(where), std::move(what), here);
    }
    void find(std::string where, std::string what, Place place) {
        ++found;
        if (findings.size() < kFindingsMax)
            findings.push_back({std::move(where), std::move(what), std::move(place)});
    }
};

} // namespace daybook::audit
