#include "engine/backup/zstd_frame.h"

#include "events/base/check.h"

#include <memory>
#include <zstd.h>

namespace daybook::backup {
namespace {

constexpr int kLevel = 3; // What zstd takes by default.

std::unexpected<Error> bad_frame(const std::string& why) { return fail(ErrorKind::corrupt, why); }

} // namespace

std::string to_zstd(std::string_view content) {
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(),
                                                                       &ZSTD_freeCCtx);
    CHECK(context != nullptr, "memory for zstd");
    CHECK(!ZSTD_isError(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel))
              && !ZSTD_isError(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1)),
          "zstd knows its own parameters");
    std::string frame(ZSTD_compressBound(content.size()), '\0');
    const std::size_t size =
        ZSTD_compress2(context.get(), frame.data(), frame.size(), content.data(), content.size());
    CHECK(!ZSTD_isError(size), "zstd compresses anything into its bound");
    frame.resize(size);
    return frame;
}

Result<std::string> from_zstd(std::string_view frame, std::size_t content_max) {
    const auto said = ZSTD_getFrameContentSize(frame.data(), frame.size());
    if (said == ZSTD_CONTENTSIZE_ERROR)
        return bad_frame("not a zstd frame");
    if (said == ZSTD_CONTENTSIZE_UNKNOWN)
        return bad_frame("a zstd frame that does not say how large its content is");
    if (said > content_max)
        return bad_frame("a zstd frame that unfolds to " + std::to_string(said) + " bytes; "
                         + std::to_string(content_max) + " are the limit");
    if (ZSTD_findFrameCompressedSize(frame.data(), frame.size()) != frame.size())
        return bad_frame("not exactly one zstd frame");
    std::string content(static_cast<std::size_t>(said), '\0');
    const std::size_t size =
        ZSTD_decompress(content.data(), content.size(), frame.data(), frame.size());
    if (ZSTD_isError(size))
        return bad_frame(std::string("a zstd frame is damaged: ") + ZSTD_getErrorName(size));
    if (size != content.size())
        return bad_frame("a zstd frame is not as large as it says");
    return content;
}

} // namespace daybook::backup
