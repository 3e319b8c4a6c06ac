#include "engine/backup/deflate.h"

#include "events/base/check.h"

#include <zlib.h>

namespace daybook::backup {
namespace {

constexpr std::size_t kPieceBytes = 64 * 1024;
constexpr int kRawWindow = -15; // Without zlib's own head and tail, as ZIP wants it.
constexpr int kMemory = 8;      // zlib's default.

Bytef* zlib_bytes(std::string_view text) {
    // zlib reads only, but says so only to those who define ZLIB_CONST before anybody else.
    return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
}

} // namespace

std::uint32_t crc32_of(std::string_view bytes, std::uint32_t crc) {
    return static_cast<std::uint32_t>(crc32_z(crc, zlib_bytes(bytes), bytes.size()));
}

void Deflater::End::operator()(z_stream_s* stream) const {
    deflateEnd(stream);
    delete stream;
}

void Inflater::End::operator()(z_stream_s* stream) const {
    inflateEnd(stream);
    delete stream;
}

Deflater::Deflater() : stream_(new z_stream_s()) {
    CHECK(deflateInit2(stream_.get(), Z_DEFAULT_COMPRESSION, Z_DEFLATED, kRawWindow, kMemory,
                       Z_DEFAULT_STRATEGY)
              == Z_OK,
          "memory for zlib");
}

void Deflater::run(std::string_view bytes, bool last, std::string& out) {
    stream_->next_in = zlib_bytes(bytes);
    stream_->avail_in = static_cast<uInt>(bytes.size());
    char piece[16 * 1024];
    do {
        stream_->next_out = reinterpret_cast<Bytef*>(piece);
        stream_->avail_out = sizeof piece;
        CHECK(deflate(stream_.get(), last ? Z_FINISH : Z_NO_FLUSH) != Z_STREAM_ERROR,
              "zlib deflates anything");
        out.append(piece, sizeof piece - stream_->avail_out);
    } while (stream_->avail_out == 0);
}

Inflater::Inflater() : stream_(new z_stream_s()), piece_(kPieceBytes, '\0') {
    CHECK(inflateInit2(stream_.get(), kRawWindow) == Z_OK, "memory for zlib");
}

Result<void> Inflater::add(std::string_view bytes, const Take& take) {
    stream_->next_in = zlib_bytes(bytes);
    stream_->avail_in = static_cast<uInt>(bytes.size());
    while (!ended_) {
        stream_->next_out = reinterpret_cast<Bytef*>(piece_.data());
        stream_->avail_out = static_cast<uInt>(piece_.size());
        const int state = inflate(stream_.get(), Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR)
            return fail(ErrorKind::corrupt, "what was deflated is damaged");
        TRY(take(std::string_view(piece_).substr(0, piece_.size() - stream_->avail_out)));
        ended_ = state == Z_STREAM_END;
        if (!ended_ && stream_->avail_out != 0)
            return {}; // All taken in; more has to come.
    }
    // The stream ends inside a byte; zlib says how many bits of it are nobody's.
    const int unused_bits = stream_->data_type & 7;
    const auto last = static_cast<std::uint8_t>(bytes.empty() ? 0 : bytes.back());
    if (stream_->avail_in != 0 || last >> (8 - unused_bits) != 0)
        return fail(ErrorKind::corrupt, "bits behind the end of what was deflated");
    return {};
}

} // namespace daybook::backup
