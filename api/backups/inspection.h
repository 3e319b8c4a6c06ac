// A backup looked at as a whole before anything of it is let in: sealed and signed, each record in
// its place, the books that they come to those of which the manifest gives the state hash, and in
// balance by the auditor's own ledger.
#pragma once

#include "api/backups/backup_books.h"
#include "engine/audit/report.h"

namespace daybook::api {

struct InspectedBackup {
    std::shared_ptr<const backup::BackupFile> file;
    backup::Verified verified;
    audit::Report ledger; // What the second ledger found; sound in books of ours.
    std::shared_ptr<BackupBooks> books;
};

// Reads the file and fills `directory` with its books. `progress` counts events, each twice.
// ErrorKind::corrupt when something is damaged, or the state is not that of the manifest. Books
// that do not balance are no error: whoever restores decides.
Result<InspectedBackup> inspect_backup(Service& host,
                                       std::shared_ptr<const backup::BackupFile> file,
                                       const std::string& directory,
                                       const backup::Progress& progress);

} // namespace daybook::api
