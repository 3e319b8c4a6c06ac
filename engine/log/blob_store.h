// Files by content: `<directory>/aa/<64 hexadecimal digits>`, named by the SHA-256 of their bytes,
// so the same file is kept once, whoever attached it. What is there never changes; nothing is
// removed.
//
//   receive()            blobs/<n>.partial, written and hashed as it arrives
//   IncomingBlob::keep() sync, rename to its name, sync the directory; then, and only then, an
//   event
//                        may name it
//
// A crash in between leaves a file that nothing names, which harms no one and is found again by the
// next upload of the same bytes; what is still .partial is swept when the store is opened.
// Threads: the store any; an IncomingBlob one at a time.
#pragma once

#include "engine/large_files.h"
#include "engine/log/sha256.h"
#include "events/identifiers.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace daybook::log {

// Bytes on their way in. One that goes without keep() leaves nothing.
class IncomingBlob {
  public:
    // The first bytes are remembered, for whoever wants to know what kind of file it is.
    static constexpr std::size_t kBeginningMax = 64 * 1024;

    IncomingBlob(Files& files, const std::string& directory, std::string path,
                 std::unique_ptr<WritableFile> file);
    ~IncomingBlob();
    IncomingBlob(const IncomingBlob&) = delete;
    IncomingBlob& operator=(const IncomingBlob&) = delete;

    Result<void> take(std::string_view piece);
    std::uint64_t size() const { return size_; }
    const std::string& beginning() const { return beginning_; }
    Hash name() const { return hash_.so_far(); }
    // Durable under its name when this returns. What lay there under that name, even if it was
    // damaged, is replaced. Once; nothing may be taken afterwards.
    Result<void> keep();

  private:
    Files& files_;
    const std::string& directory_; // Of the store, which outlives this.
    std::string path_;
    std::unique_ptr<WritableFile> file_;
    std::string beginning_;
    std::uint64_t size_ = 0;
    Sha256 hash_;
};

class BlobStore {
  public:
    // Makes the directory when it is not there; sweeps what was never finished.
    static Result<std::unique_ptr<BlobStore>> open(Files& files, LargeFiles& large_files,
                                                   std::string directory);

    Result<std::unique_ptr<IncomingBlob>> receive();
    Result<bool> holds(const Hash& name) const;
    // Null when it is not there: left out of the backup that the books came from, say.
    Result<std::unique_ptr<ReadableFile>> find(const Hash& name) const;

  private:
    BlobStore(Files& files, LargeFiles& large_files, std::string directory)
        : files_(files), large_files_(large_files), directory_(std::move(directory)) {}

    Files& files_;
    LargeFiles& large_files_;
    std::string directory_;
    std::atomic<std::uint64_t> received_ = 0;
};

// "aa/<64 digits>"
std::string blob_path(const Hash& name);

} // namespace daybook::log
