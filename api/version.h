// The release, as records, answers and `--version` name it.
#pragma once

namespace daybook::api {

extern const char* const kVersion;

} // namespace daybook::api
