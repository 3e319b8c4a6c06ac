// `daybook verify DIR` (engine/audit/verify.h): what it found, for people or as JSON.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace daybook::api {

// The texts in those files. Nothing when one of them holds none; prints which.
std::optional<std::vector<std::string>> read_checkpoints(const std::vector<std::string>& paths);

// `checkpoints` are paths. Returns the exit code: 0 sound, 1 not, 2 cannot tell.
int verify_books(const std::string& directory, const std::vector<std::string>& checkpoints,
                 bool json);

} // namespace daybook::api
