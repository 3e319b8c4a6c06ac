#include "engine/command/fold.h"

#include "engine/command/write_index.h"
#include "events/base/planted.h"
#include "events/codec/codec.h"

#include <algorithm>

namespace daybook::command {

namespace {

constexpr std::size_t kKnownMax = 1'000;

Result<domain::State> next_state(domain::State state, const Event& event) {
    if (std::holds_alternative<Returned>(event))
        return state;
    return domain::evolve(std::move(state), event);
}

} // namespace

Result<Version> version_before(Version version, const Event& event) {
    const auto* returned = std::get_if<Returned>(&event);
    if (!returned || planted("what returned stays as it was"))
        return version - 1;
    if (returned->to_version >= version)
        return fail(ErrorKind::corrupt, "a thing returned to a version of its future");
    return returned->to_version;
}

Result<Version> origin(Version version, const VersionReader& read) {
    while (version > 0) {
        const Event event = TRY(read(version)).event;
        if (!std::holds_alternative<Returned>(event))
            break;
        version = TRY(version_before(version, event));
    }
    return version;
}

Result<std::vector<RecordedEvent>> path_to(Version version, const VersionReader& read) {
    std::vector<RecordedEvent> path;
    while (version > 0) {
        path.push_back(TRY(read(version)));
        version = TRY(version_before(version, path.back().event));
    }
    std::ranges::reverse(path);
    return path;
}

Result<domain::State> fold(Version version, const VersionReader& read) {
    const auto path = TRY(path_to(version, read));
    return fold(path);
}

Result<domain::State> fold(const std::vector<RecordedEvent>& path) {
    domain::State state;
    for (const RecordedEvent& recorded : path)
        state = TRY(next_state(std::move(state), recorded.event));
    return state;
}

Result<domain::State> FoldedVersions::at(Version version) {
    if (known_.size() > kKnownMax)
        known_.clear();
    // Back to a version that is known, then forward.
    std::vector<std::pair<Version, Event>> path;
    domain::State state;
    for (Version at = version; at > 0;) {
        if (const auto known = known_.find(at); known != known_.end()) {
            state = known->second;
            break;
        }
        path.emplace_back(at, TRY(read_(at)).event);
        at = TRY(version_before(at, path.back().second));
    }
    while (!path.empty()) {
        const auto [at, event] = std::move(path.back());
        path.pop_back();
        state = TRY(next_state(std::move(state), event));
        if (path.size() < kKnownMax / 2)
            known_.insert_or_assign(at, state);
    }
    return state;
}

Result<Version> newest_version(const log::LogReader& log, log::LineNumber line, EntityRef thing,
                               std::optional<Revision> until) {
    const auto has = [&](Version version) -> Result<bool> {
        const auto row = TRY(log.find_index(line, log::Index::thing, thing_key(thing, version)));
        return row && (!until || TRY(parse_revision(*row)) <= *until);
    };
    // Versions are dense from 1: gallop to one that is not there, then halve.
    Version absent = 1;
    while (TRY(has(absent)))
        absent *= 2;
    Version present = absent / 2;
    while (absent - present > 1) {
        const Version middle = present + (absent - present) / 2;
        (TRY(has(middle)) ? present : absent) = middle;
    }
    return present;
}

Result<std::optional<Revision>> first_revision(const log::LogReader& log, log::LineNumber line,
                                               EntityRef thing) {
    const auto row = TRY(log.find_index(line, log::Index::thing, thing_key(thing, 1)));
    if (!row)
        return std::nullopt;
    return TRY(parse_revision(*row));
}

Result<RecordedEvent> read_version(const log::LogReader& log, log::LineNumber line, EntityRef thing,
                                   Version version) {
    const auto row = TRY(log.find_index(line, log::Index::thing, thing_key(thing, version)));
    if (!row)
        return fail(ErrorKind::corrupt, "a version of a thing has no record");
    const Revision revision = TRY(parse_revision(*row));
    const auto records = TRY(log.read(line, revision, {.records_max = 1}));
    if (records.empty())
        return fail(ErrorKind::corrupt, "an index names a record that is not there");
    return decode_record(records.front().bytes);
}

Result<domain::State> fold_thing(const log::LogReader& log, log::LineNumber line, EntityRef thing,
                                 Version version) {
    return fold(version, [&](Version at) { return read_version(log, line, thing, at); });
}

} // namespace daybook::command
