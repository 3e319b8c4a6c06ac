// Targets of requests, with their query.

#include "api/http/target.h"
#include "events/base/utf8.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace daybook;
    const auto target = api::parse_target(fuzz::text_of(data, size));
    if (!target)
        return 0;
    for (const std::string& segment : target->segments)
        fuzz::hold(is_utf8(segment));
    for (const auto& [name, value] : target->query)
        fuzz::hold(is_utf8(name) && is_utf8(value));
    return 0;
}
