// Events as the bytes that are stored and hashed, and back. Bytes are verified before they are
// believed: sound FlatBuffer within the limits of limits.h, a type we know, valid UTF-8.
//
// Errors: corrupt when the bytes are not what a writer of ours made; unsupported when a newer
// release made them.
#pragma once

#include "events/base/result.h"
#include "events/event.h"

#include <string>
#include <string_view>

namespace daybook {

// The payload alone: a FlatBuffer of the event's table in events/schema.
std::string encode_payload(const Event& event);
Result<Event> decode_payload(std::string_view type, std::string_view bytes);

// The whole record. `envelope.payload` and `envelope.type` are taken from the event.
std::string encode_record(Envelope envelope, const Event& event);
// The envelope with its payload still encoded; cheap enough to skim a log.
Result<Envelope> decode_envelope(std::string_view record);
Result<RecordedEvent> decode_record(std::string_view record);

} // namespace daybook
