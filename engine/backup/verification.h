// Whether a backup is sound, all of it: the digest of each entry; then each record decodable and in
// its place, its persons named and whole, and the tree over all of them that of the manifest and of
// its signed checkpoint. Memory does not grow with the file.
//
// What the records say of the books (the state hash) is for the layers above, which fold them.
#pragma once

#include "engine/backup/record_reader.h"

#include <set>

namespace daybook::backup {

struct Verified {
    Revision events = 0;
    std::uint64_t persons = 0;
    std::uint64_t persons_absent = 0; // Named by records and not there: erased since.
    std::uint64_t attachments = 0;
    std::uint64_t attachments_absent = 0; // Named by records and not in the file.
    std::uint64_t entries = 0;
    std::set<EntityRef> went_back; // Things with a `Returned`: restoring reads them again.
};

// Everything that BackupFile::open() has not checked yet. ErrorKind::corrupt says where.
// `progress` counts events.
Result<Verified> verify(const BackupFile& backup, const Progress& progress = nullptr);

} // namespace daybook::backup
