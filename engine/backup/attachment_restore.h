// The attachments of a verified backup go into the blob store: what is there already stays, what is
// damaged there is replaced. Nothing names them until the line is shown, so a crash in between
// leaves files that harm no one and that the next run finds.
#pragma once

#include "engine/backup/backup_file.h"
#include "engine/log/blob_store.h"

namespace daybook::backup {

struct AttachmentsRestored {
    std::uint64_t files = 0; // That were not there before.
    std::uint64_t bytes = 0;
};

// ErrorKind::corrupt when a file is not what its name says; nothing of it is kept.
Result<AttachmentsRestored> restore_attachments(const BackupFile& backup, log::BlobStore& blobs);

} // namespace daybook::backup
