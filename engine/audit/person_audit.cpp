#include "engine/audit/person_audit.h"

#include "engine/log/big_endian.h"
#include "engine/log/tiles.h"
#include "events/base/planted.h"
#include "events/file_named.h"

#include <fmt/format.h>

namespace daybook::audit {

void PersonAudit::see(const std::string& where, const RecordedEvent& recorded, const Place& here) {
    ++seen_[*here.line];
    for (const BlobRef& blob : recorded.envelope.blobs)
        named_[*here.line].try_emplace(blob.sha256, Named{blob.size, where, here, false});
    if (const Hash* erased = person_erased(recorded.event))
        erased_.insert(*erased);
}

void PersonAudit::finish(const log::RocksdbStore& store, const Promises& promises, Report& report) {
    if (planted("personal data are not audited"))
        return;
    const auto read =
        store.scan(log::Family::persons, {}, {}, [&](std::string_view key, std::string_view bytes) {
            const bool has_name = key.size() == sizeof(log::LineNumber) + log::kHashBytes;
            const auto line =
                has_name ? log::read_big_endian<log::LineNumber>(key, 0) : log::LineNumber{};
            if (!has_name)
                report.find("personal data", "there is a row under no name");
            else if (promises.lines.contains(line) && !promises.unfinished.contains(line))
                compare(key, bytes, promises, report);
            return true;
        });
    if (!read)
        return report.find("personal data", read.error().what);
    find_missing(promises, report);
}

bool PersonAudit::is_read(const Promises& promises, log::LineNumber line) const {
    const auto promised = promises.lines.find(line);
    const auto seen = seen_.find(line);
    return promised != promises.lines.end() && !promised->second.empty() && seen != seen_.end()
           && seen->second >= promised->second.rbegin()->first;
}

void PersonAudit::compare(std::string_view key, std::string_view bytes, const Promises& promises,
                          Report& report) {
    ++report.persons;
    const auto line = log::read_big_endian<log::LineNumber>(key, 0);
    const Hash name = *log::hash_at(key.substr(sizeof line), 0);
    const auto found = named_[line].find(name);
    if (found == named_[line].end()) {
        if (!is_read(promises, line))
            return;
        Place place;
        place.line = line;
        return report.find(fmt::format("line {}, personal data {}", line, to_hex(name)),
                           "no event names them", std::move(place));
    }
    Named& named = found->second;
    named.is_there = true;
    if (log::sha256(bytes) != name || bytes.size() != named.size)
        report.find(named.where, "the personal data that it names are not what was written",
                    named.place);
}

void PersonAudit::find_missing(const Promises& promises, Report& report) const {
    for (const auto& [line, blobs] : named_)
        for (const auto& [name, named] : blobs)
            if (!named.is_there && !erased_.contains(name) && is_read(promises, line))
                report.find(named.where,
                            "the personal data that it names are missing, and no event says that "
                            "they were erased",
                            named.place);
}

} // namespace daybook::audit
