#include "engine/audit/lost_groups.h"

#include "engine/log/tiles.h"
#include "events/codec/codec.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::audit {
namespace {

struct EventPlace {
    log::LineNumber line = 0;
    Revision revision = 0;
};

Revision end_of(const Promises& promises, log::LineNumber line) {
    const auto promised = promises.lines.find(line);
    return promised == promises.lines.end() || promised->second.empty()
               ? 0
               : promised->second.rbegin()->first;
}

std::optional<log::GroupRow> row_of(std::string_view value) {
    const auto row = log::decode_row(value.substr(std::min(value.size(), log::kHashBytes)));
    return row ? std::optional(*row) : std::nullopt;
}

// The newest ones: RocksDB appends to the last, and a start puts what they hold into other files.
std::string wals(const LogOnDisk& log) {
    const auto names = log.files.list(log.directory + "/log");
    std::string found;
    for (const std::string& name : names.value_or(std::vector<std::string>()))
        if (name.ends_with(".log"))
            found += (found.empty() ? "log/" : ", log/") + name;
    return found.empty() ? "log/" : found;
}

// Groups behind the damage say where their lines went on, and so what came before.
std::optional<EventPlace> first_lost(const LogOnDisk& log, const Promises& promises) {
    const auto salvaged =
        log::RocksdbStore::open(log.directory + "/log", log::RocksdbStore::Mode::salvaged, {});
    if (!salvaged)
        return std::nullopt;
    std::optional<EventPlace> found;
    const auto look = [&](std::string_view, std::string_view value) {
        const auto row = row_of(value);
        for (const log::GroupEntry& entry : row ? row->entries : std::vector<log::GroupEntry>())
            if (const Revision end = end_of(promises, entry.line); !found && entry.first > end + 1)
                found = {entry.line, end + 1};
        return !found;
    };
    const auto read =
        (*salvaged)->scan(log::Family::groups, log::group_key(promises.last_group + 1), {}, look);
    return read ? found : std::nullopt;
}

// Of the last group that is there.
std::optional<EventPlace> last_left(const LogOnDisk& log, const Promises& promises) {
    const auto value = log.store.get(log::Family::groups, log::group_key(promises.last_group));
    const auto row = value && *value ? row_of(**value) : std::nullopt;
    for (const log::GroupEntry& entry : row ? row->entries : std::vector<log::GroupEntry>())
        if (entry.last > 0)
            return EventPlace{entry.line, entry.last};
    return std::nullopt;
}

std::optional<Timestamp> recorded_at(const LogOnDisk& log, const EventPlace& event) {
    const auto record =
        log.store.get(log::Family::records, log::record_key(event.line, event.revision));
    if (!record || !*record)
        return std::nullopt;
    const auto envelope = decode_envelope(**record);
    return envelope ? std::optional(envelope->recorded_at) : std::nullopt;
}

} // namespace

void find_lost_groups(const LogOnDisk& log, const log::FoundHead& head, const Promises& promises,
                      const NameLine& name_line, Report& report) {
    if (!head.position || head.position->group <= promises.last_group)
        return;
    Place place;
    place.file = wals(log);
    std::string what =
        fmt::format("{} groups were acknowledged, the log holds {}; what came behind was in {}",
                    head.position->group, promises.last_group, place.file);
    if (const auto lost = first_lost(log, promises)) {
        place.line = lost->line;
        place.revision = lost->revision;
        place.after = recorded_at(log, {lost->line, lost->revision - 1});
        what += fmt::format("; the first event that is lost is {}, event {}", name_line(lost->line),
                            lost->revision);
    } else if (const auto left = last_left(log, promises)) {
        place.after = recorded_at(log, *left);
        what += fmt::format("; the last event that is left is {}, event {}", name_line(left->line),
                            left->revision);
    }
    report.find("HEAD", std::move(what), std::move(place));
}

} // namespace daybook::audit
