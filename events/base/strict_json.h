// The only way JSON from outside becomes a value: RFC 8259 without any of its freedoms.
//
// Two readers of one text must never see two things, for a command is also read by whoever audits
// it. So: no member twice, no number that was rounded on the way in (numbers keep their text, see
// events/base/json.h), no text that is not UTF-8, no NUL, no lone surrogate, nothing after the
// value, nothing deeper than 32. What passes can be written again and is the same value.
#pragma once

#include "events/base/json.h"

#include <expected>
#include <string>
#include <string_view>

namespace daybook {

constexpr int kJsonDepthMax = 32; // The value itself is depth 1 when it is an object or array.

struct JsonFault {
    std::string code;    // "malformed_json" or "duplicate_member"; both are 400.
    std::string pointer; // RFC 6901: where in the document, as far as it was understood.
    std::string detail;  // One English sentence, with the byte offset counted from 0.
};

std::expected<Json, JsonFault> parse_strict_json(std::string_view text);

} // namespace daybook
