#include "engine/backup/attachment_restore.h"

#include "engine/backup/attachment_writer.h"

namespace daybook::backup {
namespace {

// Whether the store has that file with all of its bytes.
Result<bool> is_there(const log::BlobStore& blobs, const Hash& name, std::uint64_t size) {
    const auto file = TRY(blobs.find(name));
    if (!file)
        return false;
    return TRY(file->size()) == size;
}

} // namespace

Result<AttachmentsRestored> restore_attachments(const BackupFile& backup, log::BlobStore& blobs) {
    AttachmentsRestored restored;
    for (const EntryDigest& entry : backup.manifest().entries) {
        if (!entry.name.starts_with(kAttachmentsFolder))
            continue;
        if (TRY(is_there(blobs, entry.sha256, entry.size)))
            continue;
        const auto incoming = TRY(blobs.receive());
        TRY(backup.archive().read(*backup.archive().find(entry.name),
                                  [&](std::string_view piece) { return incoming->take(piece); }));
        if (incoming->name() != entry.sha256)
            return fail(ErrorKind::corrupt, entry.name + ": its content is not what its name says");
        TRY(incoming->keep());
        ++restored.files;
        restored.bytes += entry.size;
    }
    return restored;
}

} // namespace daybook::backup
