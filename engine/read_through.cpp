#include "engine/read_through.h"

#include "engine/log/sha256.h"

namespace daybook {
namespace {

constexpr std::size_t kPieceBytes = 1024 * 1024;

} // namespace

Result<void> read_through(const ReadableFile& file,
                          const std::function<Result<void>(std::string_view)>& take) {
    for (std::uint64_t at = 0;;) {
        const std::string piece = TRY(file.read_at(at, kPieceBytes));
        if (piece.empty())
            return {};
        TRY(take(piece));
        at += piece.size();
    }
}

Result<Hash> hash_of(const ReadableFile& file) {
    log::Sha256 hash;
    TRY(read_through(file, [&](std::string_view piece) -> Result<void> {
        hash.add(piece);
        return {};
    }));
    return hash.end();
}

} // namespace daybook
