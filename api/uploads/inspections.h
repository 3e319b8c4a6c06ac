// Uploaded backups, looked at: what the inspection found, and the books to look into, kept beside
// the upload for as long as it is here, also over a restart.
//
//     <data>/uploads/<id>/inspection.json   what was found, and where the books are
//     <data>/uploads/<id>/books-<id>/       a log and views (api/backups/backup_books.h)
//
// Threads: any may find; one at a time inspects, the service's worker.
#pragma once

#include "api/backups/inspection.h"
#include "api/uploads/uploads.h"

namespace daybook::api {

class Inspections {
  public:
    Inspections(Service& service, Uploads& uploads, LargeFiles& large_files, Files& files)
        : service_(service), uploads_(uploads), large_files_(large_files), files_(files) {}

    // Reads the seal and the signature; nothing of the records yet. All that is read of the file,
    // then and later, is read through `files`, which outlive it. What is encrypted is opened with
    // the pass phrase, which is not kept. 404, 409 upload_incomplete, 422.
    std::expected<std::shared_ptr<const backup::BackupFile>, Problem>
    open(const Uuid& upload, const std::string& pass_phrase, LargeFiles& files) const;
    LargeFiles& large_files() { return large_files_; }
    // Looks at it as a whole, and keeps what it finds instead of what was found before.
    std::expected<InspectedBackup, Problem> inspect(const Uuid& upload,
                                                    std::shared_ptr<const backup::BackupFile> file,
                                                    const backup::Progress& progress);

    // What inspect() found; 404, 409 not_inspected.
    std::expected<Json, Problem> report(const Uuid& upload) const;
    std::expected<std::shared_ptr<BackupBooks>, Problem> books(const Uuid& upload);

    // As if it had never been looked at.
    void drop(const Uuid& upload);
    // The upload is gone, or going: its books are closed once nobody reads them.
    void forget(const Uuid& upload);

  private:
    std::string note_of(const Uuid& upload) const {
        return uploads_.folder_of(upload) + "/inspection.json";
    }
    Result<void> note(const Uuid& upload, const std::string& books, const InspectedBackup& found);
    std::expected<Json, Problem> read_note(const Uuid& upload) const;

    Service& service_;
    Uploads& uploads_;
    LargeFiles& large_files_;
    Files& files_;
    Guarded<std::map<Uuid, std::shared_ptr<BackupBooks>>> open_;
};

} // namespace daybook::api
