// A workbook's file is a ZIP of parts, by other people's programs: forgiving where they differ, and
// not where it does harm. Read from memory: nothing is written anywhere, and a name leads nowhere.
// Only what is asked for is unfolded, so what else the archive holds costs nothing.
//
// Source: PKWARE APPNOTE 6.3.10. Threads: one at a time.
#pragma once

#include "engine/domain/refusal.h"

#include <cstdint>
#include <functional>
#include <map>

namespace daybook::import {

inline constexpr std::uint64_t kPartBytesMax = 64 * 1024 * 1024; // Unfolded.
inline constexpr std::size_t kPartsMax = 2'000;

// unknown_format: the bytes are no workbook, and why.
std::unexpected<domain::Refusal> no_workbook(std::string detail);

class PackageReader {
  public:
    // `bytes` outlive the reader. Refuses with unknown_format: no ZIP, cut, locked, too many parts,
    // a part twice or with a name that leads out of the archive.
    static std::expected<PackageReader, domain::Refusal> open(std::string_view bytes);

    bool has(std::string_view name) const; // Whatever the case of its letters.
    // The content in pieces, until `take` says false. Refuses with unknown_format: not there,
    // larger than the limit however small it lies there, not what its checksum says.
    std::expected<void, domain::Refusal>
    read(std::string_view name, const std::function<bool(std::string_view)>& take) const;

  private:
    struct Part {
        std::string name; // As it is written there.
        std::uint16_t method = 0;
        std::uint32_t crc = 0;
        std::uint64_t stored = 0;
        std::uint64_t size = 0;
        std::uint64_t at = 0; // Of its own header.
    };

    explicit PackageReader(std::string_view bytes) : bytes_(bytes) {}
    std::expected<void, domain::Refusal> read_directory();
    std::expected<Part, domain::Refusal> take_part(std::string_view& directory) const;
    std::expected<std::string_view, domain::Refusal> stored_bytes(const Part& part) const;

    std::string_view bytes_;
    std::map<std::string, Part, std::less<>> parts_; // By their names in lower case.
};

} // namespace daybook::import
