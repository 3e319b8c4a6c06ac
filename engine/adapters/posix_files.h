// Files on the machine's own disk. What it promises beyond files.h:
//   - replace() and rename() are durable when they return: the directory is synced too.
//   - a failed system call names the call, the path and the reason; it is ErrorKind::full where the
//     disk or a quota is, else ErrorKind::io.
//   - sync() is never tried again after it failed; what the kernel then holds is unknown.
//   - make_directory() and remove_all() are content when there is nothing to do.
#pragma once

#include "engine/files.h"

namespace daybook {

class PosixFiles final : public Files {
  public:
    Result<bool> exists(const std::string& path) override;
    Result<std::string> read_all(const std::string& path) override;
    Result<std::unique_ptr<WritableFile>> open_for_update(const std::string& path) override;
    Result<void> replace(const std::string& path, std::string_view bytes, unsigned mode) override;
    Result<void> make_directory(const std::string& path) override;
    Result<void> rename(const std::string& from, const std::string& to) override;
    Result<void> remove_all(const std::string& path) override;
    Result<std::vector<std::string>> list(const std::string& directory) override; // Sorted.
    Result<void> sync_directory(const std::string& path) override;
    Result<std::uint64_t> free_bytes(const std::string& path) override;
    Result<std::unique_ptr<DirectoryLock>> lock(const std::string& directory) override;
};

} // namespace daybook
