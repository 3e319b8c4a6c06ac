#include "api/backups/restore_drill.h"

#include "api/backups/restore_company.h"

namespace daybook::api {
namespace {

Result<void> restore_into(LargeFiles& large_files, const std::string& path,
                          const custody::Backup& backup, const std::string& scratch) {
    const auto file = TRY(backup::BackupFile::open(TRY(large_files.open_for_reading(path))));
    if (file.sha256() != backup.file_sha256)
        return fail(ErrorKind::corrupt, "the file is no longer the one that was made");
    const backup::Verified verified = TRY(backup::verify(file));
    const auto application =
        TRY(Application::open({.data_directory = scratch, .serving = false, .fatal = {}}));
    const RestoredCompany restored =
        TRY(restore_company(*application, file, verified, file.manifest().revisions,
                            [](std::uint64_t, std::uint64_t) {}));
    if (!restored.state_compared)
        return fail(ErrorKind::unsupported, "its state hash is of a form that is not known here");
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
