#include "engine/backup/sealed_files.h"

#include "engine/adapters/guarded.h"
#include "engine/backup/little_endian.h"
#include "engine/log/sha256.h"
#include "events/base/check.h"

#include <algorithm>
#include <cstring>
#include <sodium.h>
#include <vector>

namespace daybook::backup {
namespace {

using StreamState = crypto_secretstream_xchacha20poly1305_state;

constexpr std::size_t kTagBytes = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t kStreamHeaderBytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t kKeyBytes = crypto_secretstream_xchacha20poly1305_KEYBYTES;
constexpr std::size_t kChunkBytes = 1024 * 1024; // Of plain text.
constexpr std::size_t kSealedChunkBytes = kChunkBytes + kTagBytes;
constexpr std::size_t kSaltBytes = crypto_pwhash_argon2id_SALTBYTES;
constexpr std::size_t kCheckBytes = 32;

// Places in the head of the file (README.md draws them).
constexpr std::size_t kPassesAt = kSealedMagic.size();
constexpr std::size_t kMemoryAt = kPassesAt + 4;
constexpr std::size_t kSaltAt = kMemoryAt + 4;
constexpr std::size_t kCheckAt = kSaltAt + kSaltBytes;
constexpr std::size_t kStreamAt = kCheckAt + kCheckBytes;
constexpr std::size_t kHeadBytes = kStreamAt + kStreamHeaderBytes;

// RFC 9106, 4: the second recommendation. What a file may ask of its reader is bounded.
constexpr std::uint32_t kPasses = 3;
constexpr std::uint32_t kMemoryKib = 64 * 1024;
constexpr std::uint32_t kPassesMax = 16;
constexpr std::uint32_t kMemoryKibMax = 256 * 1024;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

void start_library() {
    static const bool ready = sodium_init() >= 0;
    CHECK(ready, "libsodium starts");
}

// What a pass phrase becomes: the key, and what tells a wrong one from a damaged file.
struct Derived {
    std::array<unsigned char, kKeyBytes> key{};
    std::string check;

    Derived() = default;
    Derived(const Derived&) = delete;
    Derived& operator=(const Derived&) = delete;
    ~Derived() { sodium_memzero(key.data(), key.size()); }
};

// The key is committed to: no second pass phrase opens the same file as something else.
Result<void> derive(std::string_view pass_phrase, std::string_view salt, std::uint32_t passes,
                    std::uint32_t memory_kib, Derived& derived) {
    start_library();
    std::array<unsigned char, 2 * kKeyBytes> both{};
    if (crypto_pwhash(both.data(), both.size(), pass_phrase.data(), pass_phrase.size(),
                      bytes_of(salt), passes, std::size_t{memory_kib} * 1024,
                      crypto_pwhash_ALG_ARGON2ID13)
        != 0)
        return fail(ErrorKind::io, "not enough memory to derive a key from the pass phrase");
    std::copy_n(both.begin(), kKeyBytes, derived.key.begin());
    derived.check.resize(kCheckBytes);
    crypto_generichash(bytes_of(derived.check), kCheckBytes, both.data() + kKeyBytes, kKeyBytes,
                       nullptr, 0);
    sodium_memzero(both.data(), both.size());
    return {};
}

// ---- writing -----------------------------------------------------------------------------------

class SealedWriter final : public WritableFile {
  public:
    SealedWriter(std::unique_ptr<WritableFile> real,
                 std::shared_ptr<std::optional<SealedBytes>> told)
        : real_(std::move(real)), told_(std::move(told)) {}
    ~SealedWriter() override { sodium_memzero(&stream_, sizeof stream_); }
    SealedWriter(const SealedWriter&) = delete;
    SealedWriter& operator=(const SealedWriter&) = delete;

    Result<void> begin(std::string_view pass_phrase, std::string_view salt) {
        Derived derived;
        TRY(derive(pass_phrase, salt, kPasses, kMemoryKib, derived));
        head_ = kSealedMagic;
        append_little_endian(head_, kPasses);
        append_little_endian(head_, kMemoryKib);
        head_ += salt;
        head_ += derived.check;
        std::array<unsigned char, kStreamHeaderBytes> stream_header{};
        crypto_secretstream_xchacha20poly1305_init_push(&stream_, stream_header.data(),
                                                        derived.key.data());
        head_.append(reinterpret_cast<const char*>(stream_header.data()), stream_header.size());
        return put(head_);
    }

    Result<void> write_at(std::uint64_t offset, std::string_view bytes) override {
        CHECK(!ended_ && offset == plain_bytes_, "a sealed file is written in order, and once");
        plain_bytes_ += bytes.size();
        while (!bytes.empty()) {
            if (chunk_.size() == kChunkBytes) // The last chunk is known only when there is no more.
                TRY(push(crypto_secretstream_xchacha20poly1305_TAG_MESSAGE));
            const std::size_t taken = std::min(bytes.size(), kChunkBytes - chunk_.size());
            chunk_ += bytes.substr(0, taken);
            bytes.remove_prefix(taken);
        }
        return {};
    }

    Result<void> sync() override {
        CHECK(!ended_, "a sealed file is synced once, at its end");
        ended_ = true;
        TRY(push(crypto_secretstream_xchacha20poly1305_TAG_FINAL));
        TRY(real_->sync());
        *told_ = SealedBytes{sealed_bytes_, digest_.end()};
        return {};
    }

  private:
    Result<void> push(unsigned char tag) {
        std::string sealed(chunk_.size() + kTagBytes, '\0');
        const std::string_view bound = first_ ? std::string_view(head_) : std::string_view{};
        crypto_secretstream_xchacha20poly1305_push(
            &stream_, bytes_of(sealed), nullptr, bytes_of(std::string_view(chunk_)), chunk_.size(),
            bytes_of(bound), bound.size(), tag);
        first_ = false;
        chunk_.clear();
        return put(sealed);
    }
    Result<void> put(std::string_view bytes) {
        TRY(real_->write_at(sealed_bytes_, bytes));
        sealed_bytes_ += bytes.size();
        digest_.add(bytes);
        return {};
    }

    std::unique_ptr<WritableFile> real_;
    std::shared_ptr<std::optional<SealedBytes>> told_;
    StreamState stream_{};
    std::string head_;
    std::string chunk_;
    log::Sha256 digest_;
    std::uint64_t plain_bytes_ = 0;
    std::uint64_t sealed_bytes_ = 0;
    bool first_ = true;
    bool ended_ = false;
};

// ---- reading -----------------------------------------------------------------------------------

std::unexpected<Error> damaged(std::uint64_t offset) {
    return fail(ErrorKind::corrupt,
                "sealed file: damaged, cut or altered at offset " + std::to_string(offset));
}

// The state of the stream before each chunk: 52 bytes for each MiB, so that any chunk can be
// decrypted alone, after all of them were authenticated once in their order.
class SealedReader final : public ReadableFile {
  public:
    explicit SealedReader(std::unique_ptr<ReadableFile> real) : real_(std::move(real)) {}
    ~SealedReader() override {
        sodium_memzero(states_.data(), states_.size() * sizeof(StreamState));
    }
    SealedReader(const SealedReader&) = delete;
    SealedReader& operator=(const SealedReader&) = delete;

    Result<void> open(std::string_view pass_phrase) {
        head_ = TRY(real_->read_at(0, kHeadBytes));
        if (!head_.starts_with(kSealedAnyRelease))
            return fail(ErrorKind::invalid, "no sealed backup of Daybook");
        if (!head_.starts_with(kSealedMagic))
            return fail(ErrorKind::unsupported, "sealed by a newer release of Daybook");
        if (head_.size() < kHeadBytes)
            return damaged(head_.size());
        const auto passes = read_little_endian<std::uint32_t>(head_, kPassesAt);
        const auto memory_kib = read_little_endian<std::uint32_t>(head_, kMemoryAt);
        if (passes == 0 || passes > kPassesMax || memory_kib < 8 || memory_kib > kMemoryKibMax)
            return fail(ErrorKind::corrupt, "sealed file: its key asks for more than is allowed");
        Derived derived;
        TRY(derive(pass_phrase, head_.substr(kSaltAt, kSaltBytes), passes, memory_kib, derived));
        if (sodium_memcmp(derived.check.data(), head_.data() + kCheckAt, kCheckBytes) != 0)
            return fail(ErrorKind::invalid, "the pass phrase is not the one it was sealed with");
        return authenticate(derived);
    }

    Result<std::uint64_t> size() const override { return plain_bytes_; }

    Result<std::string> read_at(std::uint64_t offset, std::size_t bytes) const override {
        std::string read;
        const std::uint64_t end = std::min<std::uint64_t>(plain_bytes_, offset + bytes);
        while (offset < end) {
            const auto from = static_cast<std::size_t>(offset % kChunkBytes);
            const auto taken =
                static_cast<std::size_t>(std::min<std::uint64_t>(end - offset, kChunkBytes - from));
            TRY(append(static_cast<std::size_t>(offset / kChunkBytes), from, taken, read));
            offset += taken;
        }
        return read;
    }

  private:
    // One chunk, and the state that it leaves; the tag says whether it is the last.
    Result<std::string> pull(std::size_t index, StreamState& state) const {
        const std::uint64_t at = kHeadBytes + std::uint64_t{index} * kSealedChunkBytes;
        const std::string sealed = TRY(real_->read_at(at, kSealedChunkBytes));
        if (sealed.size() < kTagBytes)
            return damaged(at);
        std::string plain(sealed.size() - kTagBytes, '\0');
        const std::string_view bound = index == 0 ? std::string_view(head_) : std::string_view{};
        unsigned char tag = 0;
        const int refused = crypto_secretstream_xchacha20poly1305_pull(
            &state, bytes_of(plain), nullptr, &tag, bytes_of(std::string_view(sealed)),
            sealed.size(), bytes_of(bound), bound.size());
        const bool is_last = index + 1 == chunks_;
        const unsigned char expected = is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                               : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
        if (refused != 0 || tag != expected)
            return damaged(at);
        return plain;
    }

    Result<void> authenticate(const Derived& derived) {
        const std::uint64_t body = TRY(real_->size()) - kHeadBytes;
        chunks_ = static_cast<std::size_t>((body + kSealedChunkBytes - 1) / kSealedChunkBytes);
        if (chunks_ == 0)
            return damaged(kHeadBytes);
        StreamState state{};
        if (crypto_secretstream_xchacha20poly1305_init_pull(
                &state, bytes_of(std::string_view(head_)) + kStreamAt, derived.key.data())
            != 0)
            return damaged(kStreamAt);
        states_.reserve(chunks_);
        for (std::size_t i = 0; i < chunks_; ++i) {
            states_.push_back(state);
            const std::string plain = TRY(pull(i, state));
            plain_bytes_ += plain.size();
        }
        sodium_memzero(&state, sizeof state);
        return {};
    }

    // Readers of archives take small steps, most of them inside one chunk.
    Result<void> append(std::size_t index, std::size_t from, std::size_t bytes,
                        std::string& out) const {
        return last_.with([&](Chunk& chunk) -> Result<void> {
            if (chunk.index != index) {
                StreamState state = states_[index];
                chunk.plain = TRY(pull(index, state));
                chunk.index = index;
            }
            out.append(chunk.plain, from, bytes);
            return {};
        });
    }

    struct Chunk {
        std::optional<std::size_t> index;
        std::string plain;
    };

    std::unique_ptr<ReadableFile> real_;
    std::string head_;
    std::size_t chunks_ = 0;
    std::uint64_t plain_bytes_ = 0;
    std::vector<StreamState> states_;
    mutable Guarded<Chunk> last_;
};

} // namespace

SealedFiles::SealedFiles(LargeFiles& real, IdSource& ids, std::string pass_phrase)
    : real_(real),
      ids_(ids),
      pass_phrase_(std::move(pass_phrase)),
      written_(std::make_shared<std::optional<SealedBytes>>()) {}

SealedFiles::~SealedFiles() { sodium_memzero(pass_phrase_.data(), pass_phrase_.size()); }

Result<std::unique_ptr<ReadableFile>> SealedFiles::open_for_reading(const std::string& path) {
    return unseal(TRY(real_.open_for_reading(path)), pass_phrase_);
}

Result<std::unique_ptr<WritableFile>> SealedFiles::create(const std::string& path, unsigned mode) {
    auto writer = std::make_unique<SealedWriter>(TRY(real_.create(path, mode)), written_);
    const auto salt = ids_.next_salt();
    static_assert(std::tuple_size_v<decltype(salt)> == kSaltBytes);
    TRY(writer->begin(pass_phrase_, {reinterpret_cast<const char*>(salt.data()), salt.size()}));
    return writer;
}

Result<bool> is_sealed(const ReadableFile& file) {
    return TRY(file.read_at(0, kSealedAnyRelease.size())) == kSealedAnyRelease;
}

Result<std::unique_ptr<ReadableFile>> unseal(std::unique_ptr<ReadableFile> file,
                                             std::string_view pass_phrase) {
    auto reader = std::make_unique<SealedReader>(std::move(file));
    TRY(reader->open(pass_phrase));
    return reader;
}

} // namespace daybook::backup
