// Records of a log, and payloads of each event: what is believed is written again in the one form
// that writers use, and means the same.

#include "events/catalogue.h"
#include "events/codec/codec.h"
#include "events/codec/limits.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace daybook;

// A table that a hostile record points to many times is written as often, which may be too large.
bool is_small_enough(std::string_view bytes) { return bytes.size() <= kRecordBytesMax; }

void try_record(std::string_view bytes) {
    const auto recorded = decode_record(bytes);
    if (!recorded)
        return;
    fuzz::hold(decode_envelope(bytes).has_value());
    const std::string ours = encode_record(recorded->envelope, recorded->event);
    if (!is_small_enough(ours))
        return;
    const auto again = decode_record(ours);
    fuzz::hold(again && again->envelope == recorded->envelope && again->event == recorded->event);
    fuzz::hold(encode_record(again->envelope, again->event) == ours);
}

void try_payload(std::string_view type, std::string_view bytes) {
    const auto event = decode_payload(type, bytes);
    if (!event)
        return;
    const std::string ours = encode_payload(*event);
    if (!is_small_enough(ours))
        return;
    const auto again = decode_payload(type, ours);
    fuzz::hold(again && *again == *event && encode_payload(*again) == ours);
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::text_of(data, size);
    try_record(bytes);
    // The first byte says of which event the rest is a payload.
    if (size > 0)
        try_payload(catalogue()[data[0] % kEventCount].name, bytes.substr(1));
    return 0;
}
