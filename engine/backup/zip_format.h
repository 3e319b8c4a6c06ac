// The bytes of ZIP as this format uses them (README.md draws them): every record of an archive as a
// function of its entries. The writer writes these texts; the reader makes them again from what it
// believes to have read, and compares. So there is nothing in an archive that it did not
// understand.
//
// Source: PKWARE APPNOTE 6.3.10.
#pragma once

#include "events/base/result.h"
#include "events/identifiers.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace daybook::backup {

struct ZipEntry {
    std::string name;
    bool deflated = false;    // Else stored as it is.
    std::uint32_t crc = 0;    // Of the content.
    std::uint64_t stored = 0; // Bytes in the archive.
    std::uint64_t size = 0;   // Bytes of the content.
    std::uint64_t at = 0;     // Offset of its local header.

    bool operator==(const ZipEntry&) const = default;
};

// Names that an archive may have: those of README.md, in lower case, at most one folder deep.
bool is_entry_name(std::string_view name);

// What is written before an entry's bytes, and behind them: nothing where they were stored, whose
// sizes were known before.
std::string local_header(const ZipEntry& entry);
std::string data_descriptor(const ZipEntry& entry);
// All bytes of the entry, headers included.
std::uint64_t extent_of(const ZipEntry& entry);

// The entry's line in the central directory.
std::string central_header(const ZipEntry& entry);
// Takes one such line off the front. ErrorKind::corrupt when there is none.
Result<ZipEntry> take_central_header(std::string_view& directory);

// What follows the central directory: counts, places, and the comment up to the seal's digits.
struct Ending {
    std::uint64_t entries = 0;
    std::uint64_t directory_bytes = 0;
    std::uint64_t directory_at = 0;
};
std::string ending_text(const Ending& ending);
// The same for an archive that is no backup: without comment and seal.
std::string plain_ending_text(const Ending& ending);
// The ending of an archive of which these are the last bytes, seal included. ErrorKind::corrupt
// when it is none of ours. `archive_bytes` is the size of the whole.
Result<Ending> parse_ending(std::string_view last, std::uint64_t archive_bytes);

// The seal: 64 hexadecimal digits, the last bytes of the file.
inline constexpr std::size_t kSealBytes = 64;
// No ending is longer, seal included.
std::size_t ending_bytes_max();

} // namespace daybook::backup
