// Files too large for memory: read at any place, written from nothing. Beside files.h, whose
// callers need none of it. Paths and errors as there.
#pragma once

#include "engine/files.h"

namespace daybook {

// A file opened for reading. Threads: any.
class ReadableFile {
  public:
    virtual ~ReadableFile() = default;
    virtual Result<std::uint64_t> size() const = 0;
    // Fewer bytes than asked for only at the end of the file.
    virtual Result<std::string> read_at(std::uint64_t offset, std::size_t bytes) const = 0;
};

class LargeFiles {
  public:
    virtual ~LargeFiles() = default;
    virtual Result<std::unique_ptr<ReadableFile>> open_for_reading(const std::string& path) = 0;
    // A new file; one that was there is emptied.
    virtual Result<std::unique_ptr<WritableFile>> create(const std::string& path,
                                                         unsigned mode) = 0;
};

} // namespace daybook
