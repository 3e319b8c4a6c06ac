// Bodies of requests: what is taken can be written, and is the same value.

#include "events/base/strict_json.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace daybook;
    if (const auto json = parse_strict_json(fuzz::text_of(data, size))) {
        const auto again = parse_strict_json(to_json(*json));
        fuzz::hold(again && *again == *json);
    }
    return 0;
}
