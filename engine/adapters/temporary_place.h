// Where the system wants files that nobody keeps: $TMPDIR, else /tmp.
#pragma once

#include "events/base/result.h"

#include <filesystem>
#include <string>

namespace daybook {

inline Result<std::string> temporary_place() {
    std::error_code none;
    const auto place = std::filesystem::temp_directory_path(none);
    if (none)
        return fail(ErrorKind::io, "there is no directory for temporary files: " + none.message());
    return place.string();
}

} // namespace daybook
