#include "api/handlers/list_cursor.h"

#include "engine/log/base64.h"
#include "engine/log/big_endian.h"
#include "engine/log/merkle.h"

#include <algorithm>

namespace daybook::api {
namespace {

constexpr char kCursorVersion = 1;
constexpr std::size_t kDigestBytes = 8;
constexpr std::size_t kFixedBytes = 1 + 1 + 8 + 4 + kDigestBytes;

std::string digest_of(std::string_view question) {
    const Hash hash = log::sha256(question);
    return {reinterpret_cast<const char*>(hash.bytes.data()), kDigestBytes};
}

// RFC 4648, 5, without padding: it stands in addresses.
std::string to_base64url(std::string_view bytes) {
    std::string text = log::to_base64(bytes);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    text.erase(std::min(text.find('='), text.size()));
    return text;
}

std::optional<std::string> from_base64url(std::string_view given) {
    std::string text(given);
    if (text.find_first_of("+/=") != std::string::npos)
        return std::nullopt;
    std::ranges::replace(text, '-', '+');
    std::ranges::replace(text, '_', '/');
    text.append((4 - text.size() % 4) % 4, '=');
    return log::from_base64(text);
}

} // namespace

std::string encode_cursor(const ListCursor& cursor, std::string_view question) {
    std::string bytes{kCursorVersion, cursor.backward ? '\1' : '\0'};
    log::append_big_endian(bytes, cursor.revision);
    log::append_big_endian(bytes, static_cast<std::uint32_t>(cursor.today.days));
    return to_base64url(bytes + digest_of(question) + cursor.position);
}

std::optional<ListCursor> decode_cursor(std::string_view text, std::string_view question) {
    const auto bytes = from_base64url(text);
    if (!bytes || bytes->size() <= kFixedBytes)
        return std::nullopt;
    const std::string_view all(*bytes);
    const char backward = all[1];
    if (all[0] != kCursorVersion || backward < 0 || backward > 1)
        return std::nullopt;
    if (all.substr(kFixedBytes - kDigestBytes, kDigestBytes) != digest_of(question))
        return std::nullopt;
    const auto days = log::read_big_endian<std::uint32_t>(all, 10);
    return ListCursor{log::read_big_endian<Revision>(all, 2), Date{static_cast<std::int32_t>(days)},
                      backward == 1, std::string(all.substr(kFixedBytes))};
}

} // namespace daybook::api
