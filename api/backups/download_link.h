// Links that need no other credential: whoever has one may fetch one backup, until it expires or is
// revoked. Signed by the installation, so that none can be made up; which link is of which backup,
// until when, and whether it still counts stands in the instance's own book.
//
//     token = base64url(id of the link, 16 bytes ‖ Ed25519 signature, 64 bytes)
//     signed: "Daybook download link 1\n" id "\n" id of the backup "\n" expiry "\n"
#pragma once

#include "engine/custody/custody_book.h"
#include "engine/log/signing_key.h"

#include <optional>
#include <string>
#include <string_view>

namespace daybook::api {

std::string link_token(const log::SigningKey& key, const custody::Link& link);

enum class LinkRefusal { unknown, expired, revoked };

// The link that a token stands for, if it opens anything at that moment.
std::expected<custody::Link, LinkRefusal> open_link(const custody::CustodyBook& book,
                                                    const log::PublicKey& key,
                                                    std::string_view token, Timestamp now);

} // namespace daybook::api
