#include "engine/backup/attachment_writer.h"

#include "engine/read_through.h"
#include "events/file_named.h"

namespace daybook::backup {

void AttachmentWriter::note(const RecordedEvent& recorded) {
    if (const Hash* name = file_named(recorded.event))
        names_.insert(*name);
    if (const auto* erased = std::get_if<FileErased>(&recorded.event))
        names_.erase(erased->blob);
}

Result<AttachmentsWritten> AttachmentWriter::write(std::vector<EntryDigest>& entries) {
    AttachmentsWritten written;
    for (const Hash& name : names_)
        TRY(write_one(name, entries, written));
    return written;
}

Result<void> AttachmentWriter::write_one(const Hash& name, std::vector<EntryDigest>& entries,
                                         AttachmentsWritten& written) {
    std::unique_ptr<ReadableFile> file;
    if (blobs_)
        file = TRY(blobs_->find(name));
    if (!file) {
        written.missing.push_back(name);
        return {};
    }
    std::uint64_t size = 0;
    std::uint32_t crc = 0;
    log::Sha256 digest;
    TRY(read_through(*file, [&](std::string_view piece) -> Result<void> {
        size += piece.size();
        crc = crc32_of(piece, crc);
        digest.add(piece);
        return {};
    }));
    if (digest.end() != name) {
        written.damaged.push_back(name);
        return {};
    }
    TRY(zip_.begin_stored(std::string(kAttachmentsFolder) + to_hex(name), size, crc));
    TRY(read_through(*file, [&](std::string_view piece) { return zip_.write(piece); }));
    entries.push_back(TRY(zip_.end()));
    ++written.files;
    written.bytes += size;
    return {};
}

} // namespace daybook::backup
