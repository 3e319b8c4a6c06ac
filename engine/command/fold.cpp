#include "engine/command/fold.h"

#include "engine/command/write_index.h"
#include "events/codec/codec.h"

#include <algorithm>

namespace daybook::command {

Result<domain::State> fold(Version version, const VersionReader& read) {
    // Back along the path that leads here, then forward through the ordinary events on it.
    std::vector<Event> path;
    for (Version at = version; at > 0;) {
        RecordedEvent recorded = TRY(read(at));
        if (const auto* returned = std::get_if<Returned>(&recorded.event)) {
            if (returned->to_version >= at)
                return fail(ErrorKind::corrupt, "a thing returned to a version of its future");
            at = returned->to_version;
        } else {
            path.push_back(std::move(recorded.event));
            --at;
        }
    }
    domain::State state;
    for (auto event = path.rbegin(); event != path.rend(); ++event)
        state = TRY(domain::evolve(std::move(state), *event));
    return state;
}

Result<Version> newest_version(const log::LogReader& log, log::LineNumber line, EntityRef thing) {
    const auto has = [&](Version version) -> Result<bool> {
        return TRY(log.find_index(line, log::Index::thing, thing_key(thing, version))).has_value();
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
