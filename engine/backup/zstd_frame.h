// One zstd frame (RFC 8878) of a known size: how blocks are stored.
#pragma once

#include "events/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace daybook::backup {

// With its content's size and checksum, so that `zstd -t` and `zstd -l` say something.
std::string to_zstd(std::string_view content);

// ErrorKind::corrupt unless `frame` is exactly one frame that says its content's size, at most
// `content_max` bytes, and is right about it. Memory is that size, whatever window a frame asks
// for: its content is decoded in place.
Result<std::string> from_zstd(std::string_view frame, std::size_t content_max);

} // namespace daybook::backup
