// A data directory's log made again from what a survey found sound: the same records, so the same
// roots; groups, stored hashes and indexes anew. Where a loss was accepted, the company goes on in
// a line of its own that says so for ever, standby.
#pragma once

#include "engine/ports.h"
#include "engine/repair/survey.h"

#include <functional>

namespace daybook::repair {

struct RebuildPorts {
    Files& files;
    Clock& clock;
    IdSource& ids;
    std::string software; // "daybook 0.1.0"
    log::RocksdbLogOptions log = {};
};

struct Accepted {
    CompanyId company;
    std::string name;
    Revision from = 0;        // First revision that is lost.
    Revision to = 0;          // The last that is known to be; 0: nobody knows how far.
    log::LineNumber line = 0; // Where it goes on; 0: nothing of it was left.
};

struct Rebuilt {
    std::uint64_t events = 0;
    std::vector<Accepted> accepted;
    std::uint64_t persons_missing = 0; // Personal data that only another backup can bring back.
};

// Which companies lose something: those that lack records, or all of them when it may be any.
std::vector<const SurveyedLine*> losers(const Survey& survey);

// Makes HEAD and log in `target`, durable, and closes them. Losses are written down as accepted:
// ask losers() first. `progress` counts events.
Result<Rebuilt>
rebuild(const RebuildPorts& ports, const log::RocksdbStore& store, const Survey& survey,
        const std::string& target, const std::string& reason,
        const std::function<void(std::uint64_t done, std::uint64_t total)>& progress);

} // namespace daybook::repair
