// A backup, opened: sealed, listed, signed. What open() has not refused is a file that its writer
// finished and nobody altered since, with a manifest whose list is the archive's, entry for entry;
// that the records are what it says is for verification.h.
//
// Errors: invalid: no backup of Daybook; unsupported: of a newer release; corrupt: damaged, altered
// or made to harm, with the entry and the offset.
#pragma once

#include "engine/backup/manifest.h"
#include "engine/backup/zip_reader.h"

#include <optional>

namespace daybook::backup {

// Records first to last, as one entry of events/ holds them, and the entry with their persons.
struct Block {
    Revision first = 0;
    Revision last = 0;
    const ZipEntry* events = nullptr;
    const ZipEntry* persons = nullptr; // None of its records names one.
};

class BackupFile {
  public:
    // `progress` counts bytes of the file: it is read once for the seal.
    static Result<BackupFile> open(std::unique_ptr<ReadableFile> file,
                                   const Progress& progress = nullptr);

    const Manifest& manifest() const { return manifest_; }
    const Hash& sha256() const { return sha256_; } // Of the whole file.
    const ZipReader& archive() const { return archive_; }
    std::span<const Block> blocks() const { return blocks_; } // In order, without gaps.

    // What a block's entry holds, decompressed.
    Result<std::string> read_block(const ZipEntry& entry) const;
    // Reads an entry and compares with the manifest.
    Result<void> check_digest(const EntryDigest& expected) const;

  private:
    explicit BackupFile(ZipReader archive) : archive_(std::move(archive)) {}
    Result<void> read_manifest();
    Result<void> compare_entries() const;
    Result<void> find_blocks();

    ZipReader archive_;
    Manifest manifest_;
    Hash sha256_;
    std::vector<Block> blocks_;
};

// Names of the entries of a block: "events/000000000001-000000000312.zst".
std::string block_name(std::string_view folder, Revision first, Revision last);

inline constexpr std::string_view kEventsFolder = "events/";
inline constexpr std::string_view kPersonsFolder = "persons/";

} // namespace daybook::backup
