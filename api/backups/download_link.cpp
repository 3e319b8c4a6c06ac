#include "api/backups/download_link.h"

#include "engine/log/base64.h"

#include <algorithm>

namespace daybook::api {
namespace {

std::string signed_text(const custody::Link& link) {
    return "Daybook download link 1\n" + to_text(link.id) + "\n" + to_text(link.backup) + "\n"
           + to_text(link.expires_at) + "\n";
}

// RFC 4648, 5, without padding: 80 bytes make 107 characters, which one "=" would follow.
std::string to_url(std::string base64) {
    std::ranges::replace(base64, '+', '-');
    std::ranges::replace(base64, '/', '_');
    while (base64.ends_with('='))
        base64.pop_back();
    return base64;
}

std::optional<std::string> from_url(std::string_view token) {
    std::string base64(token);
    if (base64.find_first_of("+/=") != std::string::npos)
        return std::nullopt;
    std::ranges::replace(base64, '-', '+');
    std::ranges::replace(base64, '_', '/');
    return log::from_base64(base64 + "=");
}

} // namespace

std::string link_token(const log::SigningKey& key, const custody::Link& link) {
    const log::Signature signature = key.sign(signed_text(link));
    std::string bytes(link.id.bytes.begin(), link.id.bytes.end());
    bytes.append(signature.begin(), signature.end());
    return to_url(log::to_base64(bytes));
}

std::expected<custody::Link, LinkRefusal> open_link(const custody::CustodyBook& book,
                                                    const log::PublicKey& key,
                                                    std::string_view token, Timestamp now) {
    const auto bytes = from_url(token);
    Uuid id;
    log::Signature signature{};
    if (!bytes || bytes->size() != id.bytes.size() + signature.size())
        return std::unexpected(LinkRefusal::unknown);
    std::copy_n(bytes->begin(), id.bytes.size(), id.bytes.begin());
    std::copy_n(bytes->begin() + static_cast<std::ptrdiff_t>(id.bytes.size()), signature.size(),
                signature.begin());
    const custody::Link* link = book.link(id);
    if (!link || !log::is_signature(signature, signed_text(*link), key))
        return std::unexpected(LinkRefusal::unknown);
    if (link->revoked_at)
        return std::unexpected(LinkRefusal::revoked);
    if (link->expires_at <= now)
        return std::unexpected(LinkRefusal::expired);
    return *link;
}

} // namespace daybook::api
