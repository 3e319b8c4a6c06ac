// `daybook verify DIR`: a data directory read from end to end, offline, and held against everything
// that was ever promised of it. Nothing is written. With the server it shares the hash functions,
// the codec and the reading port; the tree, the chain and the ledger are made a second time.
//
// What it holds against what:
//
//     HEAD              <- the chain of groups, each link computed again; each slot bit by bit
//     blocks of files   <- their checksums
//     groups            <- the root of each line after each group, from the records
//     stored hashes     <- leaves and subtrees, from the records
//     indexes           <- rows, derived again from the records
//     other rows        <- lines, indexes and tiles that there are
//     personal data     <- the names that events give them, and what was erased
//     checkpoints       <- kept ones, and those that the caller brings
//     events            <- decoded, in place, in time, version after version
//     books             <- the invariants of ledger_audit.h
//     attached files    <- their names, if the caller can read large files
//
// The views are not looked at: they follow from the log, and `daybook rebuild` makes them anew.
#pragma once

#include "engine/audit/report.h"
#include "engine/large_files.h"
#include "engine/log/rocksdb_event_log.h"

#include <functional>

namespace daybook::audit {

struct VerifyOptions {
    // Texts of checkpoints that left the machine: mails, paper, a witness. Each must be of a book
    // that is here. Like those that were kept, each is signed by a key that these books introduced;
    // books that introduced none have no signatures to check.
    std::vector<std::string> checkpoints;
    std::function<void(std::uint64_t done, std::uint64_t total)> progress; // Events.
    LargeFiles* large_files = nullptr; // None: attached files are not looked at.
    std::function<bool()> stops;       // Asked now and then; true ends it with ErrorKind::busy.
};

// ErrorKind::busy when a process has the directory, ErrorKind::invalid when there is none,
// ErrorKind::unsupported when a newer release wrote it: cannot tell. Damage is no error.
Result<Report> verify_directory(Files& files, const std::string& directory,
                                const VerifyOptions& options);

// The same of a directory that this very process writes. `freeze` gives its log as it stands; it is
// called after the checkpoints that were kept are read, so that none is newer than the log.
using Freeze = std::function<Result<log::FrozenLog>()>;
Result<Report> verify_running(Files& files, const std::string& directory, const Freeze& freeze,
                              const VerifyOptions& options);

} // namespace daybook::audit
