#include "engine/adapters/media_type.h"

#include "engine/adapters/guarded.h"

#include <magic.h>
#include <memory>

namespace daybook {
namespace {

constexpr const char* kUnknown = "application/octet-stream";

struct Close {
    void operator()(magic_t cookie) const { magic_close(cookie); }
};
using Cookie = std::unique_ptr<magic_set, Close>;

// Loading what libmagic knows takes milliseconds, so it is done once.
Cookie load() {
    Cookie cookie(magic_open(MAGIC_MIME_TYPE | MAGIC_ERROR));
    if (cookie && magic_load(cookie.get(), nullptr) != 0)
        cookie.reset();
    return cookie;
}

} // namespace

std::string sniff_media_type(std::string_view beginning) {
    static Guarded<Cookie> known(load());
    return known.with([&](Cookie& cookie) {
        const char* type =
            cookie ? magic_buffer(cookie.get(), beginning.data(), beginning.size()) : nullptr;
        return std::string(type ? type : kUnknown);
    });
}

} // namespace daybook
