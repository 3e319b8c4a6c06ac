#include "api/cli/backup_file.h"

#include "api/cli/ink.h"
#include "api/cli/progress_bar.h"
#include "engine/adapters/posix_large_files.h"

#include <fmt/format.h>

namespace daybook::api {

int print_unsound(const std::string& path, const Error& error) {
    fmt::print(stderr, "{}: {}\n", path, harmless(error.what));
    const bool unsound = error.kind == ErrorKind::corrupt || error.kind == ErrorKind::invalid;
    return unsound ? kExitRefused : kExitCannotTell;
}

std::optional<backup::BackupFile> open_backup(const std::string& path, int& exit_code) {
    PosixLargeFiles files;
    auto file = files.open_for_reading(path);
    if (!file) {
        exit_code = print_unsound(path, file.error());
        return std::nullopt;
    }
    ProgressBar bar("reading", "bytes");
    auto opened = backup::BackupFile::open(
        *std::move(file), [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
    if (opened)
        return *std::move(opened);
    exit_code = print_unsound(path, opened.error());
    return std::nullopt;
}

} // namespace daybook::api
