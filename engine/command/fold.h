// S(e,k): the state of one thing at one of its versions, folded from its own records (design 2.2).
//
// S(e,0) = absent; S(e,k) = evolve(S(e,k-1), x_k); and S(e,k) = S(e,j) when event k is
// Returned{j}. So only the records on the path back from k are evolved: a stream explains itself.
#pragma once

#include "engine/domain/states.h"
#include "engine/log/event_log.h"

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace daybook::command {

// Gives the event of one version of the thing.
using VersionReader = std::function<Result<RecordedEvent>(Version)>;

Result<domain::State> fold(Version version, const VersionReader& read);
// Of events as path_to() gives them.
Result<domain::State> fold(const std::vector<RecordedEvent>& path);

// Where the thing stood before that event of its: at the version before, or at the one it returned
// to. ErrorKind::corrupt when that is none of its past.
Result<Version> version_before(Version version, const Event& event);

// The version of the ordinary event that S(e,k) ends with; 0 where the thing did not exist.
Result<Version> origin(Version version, const VersionReader& read);

// The events that lead to S(e,k), oldest first. Those that a return took back are not among them;
// the returns are.
Result<std::vector<RecordedEvent>> path_to(Version version, const VersionReader& read);

// States of one thing at several of its versions, without folding each from the beginning: what
// was folded last is kept, up to a bound.
class FoldedVersions {
  public:
    explicit FoldedVersions(VersionReader read) : read_(std::move(read)) {}
    Result<domain::State> at(Version version);

  private:
    VersionReader read_;
    std::map<Version, domain::State> known_;
};

// Number of records the thing has on that line, up to that revision: its newest version; 0 when it
// has none.
Result<Version> newest_version(const log::LogReader& log, log::LineNumber line, EntityRef thing,
                               std::optional<Revision> until = std::nullopt);
// The revision of the thing's first record on that line; nothing when it has none.
Result<std::optional<Revision>> first_revision(const log::LogReader& log, log::LineNumber line,
                                               EntityRef thing);
Result<RecordedEvent> read_version(const log::LogReader& log, log::LineNumber line, EntityRef thing,
                                   Version version);
Result<domain::State> fold_thing(const log::LogReader& log, log::LineNumber line, EntityRef thing,
                                 Version version);

} // namespace daybook::command
