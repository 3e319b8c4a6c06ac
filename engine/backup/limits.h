// What no backup of format 1 exceeds: the writer keeps to it, the reader refuses what does not,
// before memory or time is spent. Part of the format (README.md); changing one makes a new format.
#pragma once

#include <cstddef>
#include <cstdint>

namespace daybook::backup {

inline constexpr int kFormat = 1;

inline constexpr std::size_t kNameBytesMax = 120;
inline constexpr std::uint64_t kEntriesMax = 1'000'000;
inline constexpr std::uint64_t kDirectoryBytesMax = 256 * 1024 * 1024;
inline constexpr std::uint64_t kManifestBytesMax = 256 * 1024 * 1024;
// A stored entry: a block, an attachment.
inline constexpr std::uint64_t kStoredBytesMax = 0xffff'fffe;
// What all entries unfold to: no more than a thousand times the file, and this.
inline constexpr std::uint64_t kUnfoldMax = 1'000;
inline constexpr std::uint64_t kUnfoldFree = 64 * 1024 * 1024;

// A block takes records until it holds this much, or this many; a record is at most 4 MiB.
inline constexpr std::size_t kBlockBytesFull = 4 * 1024 * 1024;
inline constexpr std::size_t kBlockRecordsFull = 10'000;
inline constexpr std::size_t kBlockBytesMax = 16 * 1024 * 1024;

} // namespace daybook::backup
