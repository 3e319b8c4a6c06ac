#include "api/backups/restore_drill.h"

#include "api/application.h"
#include "api/backups/restore_company.h"

namespace daybook::api {
namespace {

Result<void> restore_into(LargeFiles& large_files, const std::string& path,
                          const custody::Backup& backup, const std::string& scratch) {
    const auto file = std::make_shared<const backup::BackupFile>(
        TRY(backup::BackupFile::open(TRY(large_files.open_for_reading(path)))));
    if (file->sha256() != backup.file_sha256)
        return fail(ErrorKind::corrupt, "the file is no longer the one that was made");
    const auto application =
        TRY(Application::open({.data_directory = scratch, .serving = false, .fatal = {}}));
    const InspectedBackup inspected =
        TRY(inspect_backup(*application, file, scratch + "/inspected", {}));
    Restoration wanted;
    wanted.until = file->manifest().revisions;
    wanted.actor.kind = ActorKind::scheduler;
    wanted.source.channel = "drill";
    const auto restored = restore_company(*application, inspected, wanted, {});
    if (!restored)
        return fail(ErrorKind::corrupt, restored.error().code + ": " + restored.error().detail);
    return {};
}

} // namespace

Result<void> run_restore_drill(Files& files, LargeFiles& large_files, const std::string& path,
                               const custody::Backup& backup, const std::string& scratch) {
    const auto restored = restore_into(large_files, path, backup, scratch);
    TRY(files.remove_all(scratch));
    return restored;
}

} // namespace daybook::api
