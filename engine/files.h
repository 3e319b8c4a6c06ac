// Files as the engine needs them, so that a simulator can stand in for the disk.
// Paths are absolute or relative to the process; a directory must exist. Errors name the path.
#pragma once

#include "events/base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace daybook {

// A file opened for writing in place. Nothing is durable before sync().
class WritableFile {
  public:
    virtual ~WritableFile() = default;
    virtual Result<void> write_at(std::uint64_t offset, std::string_view bytes) = 0;
    virtual Result<void> sync() = 0;
};

// Held while it lives; a second process gets ErrorKind::busy.
class DirectoryLock {
  public:
    virtual ~DirectoryLock() = default;
};

class Files {
  public:
    virtual ~Files() = default;
    virtual Result<bool> exists(const std::string& path) = 0;
    virtual Result<std::string> read_all(const std::string& path) = 0;
    virtual Result<std::unique_ptr<WritableFile>> open_for_update(const std::string& path) = 0;
    // Written aside, synced, renamed, directory synced: the old content or the new, never half.
    virtual Result<void> replace(const std::string& path, std::string_view bytes,
                                 unsigned mode) = 0;
    // Its name is durable afterwards, also where whoever made it ended before it was.
    virtual Result<void> make_directory(const std::string& path) = 0;
    virtual Result<void> rename(const std::string& from, const std::string& to) = 0;
    virtual Result<void> remove_all(const std::string& path) = 0;
    virtual Result<std::vector<std::string>> list(const std::string& directory) = 0;
    virtual Result<void> sync_directory(const std::string& path) = 0;
    virtual Result<std::uint64_t> free_bytes(const std::string& path) = 0;
    virtual Result<std::unique_ptr<DirectoryLock>> lock(const std::string& directory) = 0;
};

} // namespace daybook
