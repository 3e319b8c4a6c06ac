// Deflate (RFC 1951) and the CRC-32 of ZIP, piece by piece, in constant memory. zlib behind it.
#pragma once

#include "events/base/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

struct z_stream_s;

namespace daybook::backup {

// CRC-32 of what `crc` is of, followed by `bytes`; begins with 0.
std::uint32_t crc32_of(std::string_view bytes, std::uint32_t crc = 0);

class Deflater {
  public:
    Deflater();
    // Takes bytes and appends to `out` what became of them so far.
    void add(std::string_view bytes, std::string& out) { run(bytes, false, out); }
    void end(std::string& out) { run({}, true, out); }

  private:
    void run(std::string_view bytes, bool last, std::string& out);
    struct End {
        void operator()(z_stream_s* stream) const;
    };
    std::unique_ptr<z_stream_s, End> stream_;
};

class Inflater {
  public:
    using Take = std::function<Result<void>(std::string_view)>;

    Inflater();
    // Gives `take` what the bytes unfold to, in pieces of bounded size. ErrorKind::corrupt when
    // they are no deflate stream, or go on behind its end.
    Result<void> add(std::string_view bytes, const Take& take);
    bool ended() const { return ended_; }

  private:
    struct End {
        void operator()(z_stream_s* stream) const;
    };
    std::unique_ptr<z_stream_s, End> stream_;
    std::string piece_;
    bool ended_ = false;
};

} // namespace daybook::backup
