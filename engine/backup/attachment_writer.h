// The attachments of a backup: each file that its events name, once, by the SHA-256 of its content,
// as it is. Each is read twice, for its size and CRC-32 stand before its bytes; never whole in
// memory.
#pragma once

#include "engine/backup/zip_writer.h"
#include "engine/log/blob_store.h"
#include "events/event.h"

#include <set>
#include <vector>

namespace daybook::backup {

// What became of the files that the events name. What is not here, or is not what was attached, is
// left out: one rotten picture must not keep the books from being saved. Whoever asked is told.
struct AttachmentsWritten {
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    std::vector<Hash> missing;
    std::vector<Hash> damaged;
};

class AttachmentWriter {
  public:
    // Both outlive the writer; without a store every file is missing.
    AttachmentWriter(const log::BlobStore* blobs, ZipWriter& zip) : blobs_(blobs), zip_(zip) {}

    // Every event of the range, in order.
    void note(const RecordedEvent& recorded);
    // Writes what was noted and not erased since, in order of names; adds to `entries`.
    Result<AttachmentsWritten> write(std::vector<EntryDigest>& entries);

  private:
    Result<void> write_one(const Hash& name, std::vector<EntryDigest>& entries,
                           AttachmentsWritten& written);

    const log::BlobStore* blobs_;
    ZipWriter& zip_;
    std::set<Hash> names_;
};

inline constexpr std::string_view kAttachmentsFolder = "attachments/";

} // namespace daybook::backup
