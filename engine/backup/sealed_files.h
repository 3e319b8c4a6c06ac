// A backup behind a pass phrase: <name>.daybook.sealed. Large files that are encrypted as they are
// written and authenticated, all of them, before the first byte is read: the writer and the reader
// of backups work through these without knowing it (README.md draws the bytes).
//
// Key: argon2id of the pass phrase; bytes: libsodium's secretstream (XChaCha20-Poly1305), whose
// last chunk says that it is the last. No plain text ever lies on the disk.
#pragma once

#include "engine/large_files.h"
#include "engine/ports.h"

#include <memory>
#include <optional>
#include <string>

namespace daybook::backup {

// What a sealed file begins with.
inline constexpr std::string_view kSealedMagic = "Daybook sealed 1";
inline constexpr std::string_view kSealedAnyRelease =
    kSealedMagic.substr(0, kSealedMagic.size() - 1);

inline constexpr std::size_t kPassPhraseMin = 12;
inline constexpr std::size_t kPassPhraseMax = 1'024;

// What was written, as it lies on the disk.
struct SealedBytes {
    std::uint64_t bytes = 0;
    Hash sha256;
};

class SealedFiles final : public LargeFiles {
  public:
    // Both ports outlive this and what it opens. Files are written in order, and are whole with the
    // one sync() at their end; nothing can be written after it.
    SealedFiles(LargeFiles& real, IdSource& ids, std::string pass_phrase);
    ~SealedFiles() override; // Forgets the pass phrase.

    // Reads the whole file once. ErrorKind::invalid: no sealed file, or another pass phrase;
    // unsupported: sealed by a newer release; corrupt: damaged, cut or altered.
    Result<std::unique_ptr<ReadableFile>> open_for_reading(const std::string& path) override;
    Result<std::unique_ptr<WritableFile>> create(const std::string& path, unsigned mode) override;

    // Of the file that was created and synced last.
    const std::optional<SealedBytes>& written() const { return *written_; }

  private:
    LargeFiles& real_;
    IdSource& ids_;
    std::string pass_phrase_;
    std::shared_ptr<std::optional<SealedBytes>> written_;
};

// Whether a file begins as a sealed one does.
Result<bool> is_sealed(const ReadableFile& file);

// The plain text of a sealed file.
Result<std::unique_ptr<ReadableFile>> unseal(std::unique_ptr<ReadableFile> file,
                                             std::string_view pass_phrase);

} // namespace daybook::backup
