// The release, as records, answers and `--version` name it.
#pragma once

namespace daybook::api {

inline constexpr char kVersion[] = "0.1.0";

} // namespace daybook::api
