// Large files on the machine's own disk; what posix_files.h promises of failures holds here too.
#pragma once

#include "engine/large_files.h"

namespace daybook {

class PosixLargeFiles final : public LargeFiles {
  public:
    // Regular files only: size() of anything else is ErrorKind::io.
    Result<std::unique_ptr<ReadableFile>> open_for_reading(const std::string& path) override;
    Result<std::unique_ptr<WritableFile>> create(const std::string& path, unsigned mode) override;
};

} // namespace daybook
