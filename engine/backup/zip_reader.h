// Reads an archive that may be anything: damaged, cut, or made to do harm. Nothing is unfolded that
// the directory has not announced within the limits, and nothing is in the file that is not an
// entry: entries lie one behind the other from the first byte to the directory.
//
// Errors: invalid where the file is no backup at all; corrupt where it is a damaged one, with the
// entry and its offset. Threads: one at a time.
#pragma once

#include "engine/backup/deflate.h"
#include "engine/backup/zip_format.h"
#include "engine/large_files.h"

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <vector>

namespace daybook::backup {

// How far a long reading is, in bytes of the file.
using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

class ZipReader {
  public:
    // Reads the directory; no entry yet, and not the seal.
    static Result<ZipReader> open(std::unique_ptr<ReadableFile> file);

    std::span<const ZipEntry> entries() const { return entries_; }
    const ZipEntry* find(std::string_view name) const;

    // Gives `take` the content in pieces of bounded size; headers, sizes and CRC are checked.
    Result<void> read(const ZipEntry& entry, const Inflater::Take& take) const;
    // The whole content, which the caller knows to be small enough.
    Result<std::string> read_all(const ZipEntry& entry) const;

    // Hashes the file and compares with its last bytes; the hash is that of the whole file.
    // A seal that does not fit is looked for by the checks above, so that the error says where.
    Result<Hash> check_seal(const Progress& progress) const;
    std::uint64_t file_bytes() const { return bytes_; }

  private:
    ZipReader(std::unique_ptr<ReadableFile> file, std::uint64_t bytes)
        : file_(std::move(file)), bytes_(bytes) {}
    Result<void> read_directory();
    Result<void> note(ZipEntry entry, std::uint64_t& next_at, std::uint64_t& unfolded);
    Result<void> read_content(const ZipEntry& entry, const Inflater::Take& take) const;
    Result<std::string> read_exactly(std::uint64_t at, std::size_t bytes) const;

    std::unique_ptr<ReadableFile> file_;
    std::uint64_t bytes_;
    std::vector<ZipEntry> entries_;
    std::map<std::string, std::size_t, std::less<>> by_name_;
};

} // namespace daybook::backup
