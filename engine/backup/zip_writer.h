// Writes an archive once, from its first byte to its seal, in constant memory (but for the
// directory: some hundred bytes an entry).
#pragma once

#include "engine/backup/deflate.h"
#include "engine/backup/zip_format.h"
#include "engine/large_files.h"
#include "engine/log/sha256.h"

#include <optional>
#include <vector>

namespace daybook::backup {

// What the manifest says of an entry.
struct EntryDigest {
    std::string name;
    std::uint64_t size = 0; // Of its content.
    Hash sha256;            // Of its content.

    bool operator==(const EntryDigest&) const = default;
};

class ZipWriter {
  public:
    // `file` is empty and outlives the writer.
    explicit ZipWriter(WritableFile& file) : file_(file) {}

    // An entry at once, as it is: what does not get smaller, and fits into memory.
    Result<EntryDigest> add(const std::string& name, std::string_view content);
    // An entry piece by piece, deflated; or as it is, where size and CRC-32 are known before, and
    // end() makes sure that they were right.
    Result<void> begin(const std::string& name);
    Result<void> begin_stored(const std::string& name, std::uint64_t size, std::uint32_t crc);
    Result<void> write(std::string_view content);
    Result<EntryDigest> end();

    // Directory, ending, seal. The hash is that of the whole file. Nothing is synced.
    Result<Hash> finish();
    std::uint64_t bytes() const { return flushed_ + buffer_.size(); }

  private:
    struct Open {
        Open() {} // Clang takes a class for one that cannot be made before the outer one ends.
        ZipEntry entry;
        Deflater deflater;
        log::Sha256 digest;
        std::uint64_t expected_size = 0; // Of one that is stored.
        std::uint32_t expected_crc = 0;
    };
    void put(std::string_view bytes) { buffer_ += bytes; }
    Result<void> flush_when_full();
    Result<void> flush();
    EntryDigest close(ZipEntry entry, const Hash& digest);

    WritableFile& file_;
    log::Sha256 digest_; // Of everything flushed.
    std::string buffer_;
    std::uint64_t flushed_ = 0;
    std::optional<Open> open_;
    std::vector<ZipEntry> entries_;
};

} // namespace daybook::backup
