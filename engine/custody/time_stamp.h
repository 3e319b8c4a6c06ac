// RFC 3161: the word of a third party that a text was there at a time. Of checkpoints: the owner of
// the books cannot sign a head of yesterday tomorrow. OpenSSL asks, reads and judges; whom to trust
// is the caller's business.
#pragma once

#include "events/base/result.h"
#include "events/calendar.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace daybook::custody {

using Nonce = std::array<std::uint8_t, 16>;

// What an authority is asked (DER, application/timestamp-query): SHA-256 of the text, the nonce,
// and its certificate with the answer.
std::string time_stamp_query(std::string_view text, const Nonce& nonce);

struct TimeStamp {
    Timestamp at;
    std::string serial; // Of the authority, hexadecimal.

    bool operator==(const TimeStamp&) const = default;
};

// What an answer says (DER, application/timestamp-reply). ErrorKind::invalid: none, or a refusal,
// in the authority's words; ErrorKind::corrupt: of another text, or, where a nonce is given, of
// another question. Who signed it is not asked.
Result<TimeStamp> read_time_stamp(std::string_view answer, std::string_view text,
                                  const Nonce* nonce = nullptr);

// The same, signed by somebody whom these certificates (PEM) vouched for at the time.
Result<TimeStamp> verify_time_stamp(std::string_view answer, std::string_view text,
                                    std::string_view trusted);

} // namespace daybook::custody
