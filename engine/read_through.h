// A large file from its beginning to its end, in pieces.
#pragma once

#include "engine/large_files.h"
#include "events/identifiers.h"

#include <functional>
#include <string_view>

namespace daybook {

// Calls `take` with each piece, in order, until the end or its first error.
Result<void> read_through(const ReadableFile& file,
                          const std::function<Result<void>(std::string_view)>& take);

// SHA-256 of all its bytes.
Result<Hash> hash_of(const ReadableFile& file);

} // namespace daybook
