#include "api/backups/backup_sizes.h"

#include "api/present/event.h"
#include "engine/backup/attachment_writer.h"
#include "engine/backup/backup_file.h"
#include "engine/backup/deflate.h"
#include "engine/backup/zstd_frame.h"
#include "events/codec/codec.h"

namespace daybook::api {
namespace {

constexpr Revision kSamples = 8;
constexpr std::size_t kSampleRecords = 250;
constexpr std::uint64_t kUnfolds = 20; // A compressed block, once it is records, indexes, views.

struct Sampled {
    std::uint64_t records = 0;
    std::uint64_t stored = 0;   // As blocks.
    std::uint64_t readable = 0; // As events.ndjson.
};

std::uint64_t deflated(std::string_view text) {
    backup::Deflater deflater;
    std::string out;
    deflater.add(text, out);
    deflater.end(out);
    return out.size();
}

Result<void> take_sample(const log::LogReader& log, const backup::Subject& of, Revision from,
                         Sampled& sampled) {
    std::string block;
    std::string lines;
    for (const log::StoredRecord& record :
         TRY(log.read(of.line, from, {.records_max = kSampleRecords}))) {
        if (record.revision > of.until)
            break;
        const RecordedEvent recorded = TRY(decode_record(record.bytes));
        block += record.bytes;
        lines += to_json(show_event(recorded, record.bytes, true, Language::english, 2)) + "\n";
        ++sampled.records;
    }
    sampled.stored += backup::to_zstd(block).size();
    sampled.readable += deflated(lines);
    return {};
}

Result<PartSize> attached(Service& service, const backup::Subject& of) {
    PartSize size{"attachments", 0, 0, false};
    const auto snapshot = TRY(service.views().snapshot_at(of.line, of.until));
    projections::ListQuery query;
    query.kind = EntityKind::file;
    query.limit = 500;
    do {
        const projections::ListPage page = TRY(snapshot->list(query));
        for (const projections::ListItem& item : page.items) {
            const auto* file = std::get_if<domain::FileState>(&item.row.state);
            if (!file || file->detached || file->erased)
                continue;
            ++size.count;
            size.bytes += file->file.size;
        }
        query.after = page.next;
    } while (!query.after.empty());
    return size;
}

} // namespace

Result<std::vector<PartSize>> backup_sizes(Service& service, const backup::Subject& subject) {
    Sampled sampled;
    const bool all = subject.until <= kSamples * kSampleRecords;
    const Revision step = all ? kSampleRecords : subject.until / kSamples;
    for (Revision from = 1; from <= subject.until; from += step)
        TRY(take_sample(service.log(), subject, from, sampled));
    const auto of_all = [&](std::uint64_t bytes) {
        return sampled.records == 0 ? 0 : bytes * subject.until / sampled.records;
    };
    return std::vector<PartSize>{{"events", subject.until, of_all(sampled.stored), true},
                                 {"readable", subject.until, of_all(sampled.readable), true},
                                 TRY(attached(service, subject)),
                                 {"emails", 0, 0, false}}; // None is sent yet.
}

Result<void> check_room(const Service& service, std::uint64_t bytes) {
    const std::uint64_t free = service.disk_free();
    if (free >= bytes + kDiskReserveBytes)
        return {};
    return fail(ErrorKind::full, "the disk has room for " + std::to_string(free)
                                     + " bytes; this needs about " + std::to_string(bytes)
                                     + ", and the books need some to grow");
}

std::uint64_t room_for_books(const backup::Manifest& manifest) {
    std::uint64_t room = 0;
    for (const backup::EntryDigest& entry : manifest.entries)
        if (entry.name.starts_with(backup::kAttachmentsFolder))
            room += entry.size;
        else if (entry.name.starts_with(backup::kEventsFolder))
            room += kUnfolds * entry.size;
    return room;
}

} // namespace daybook::api
