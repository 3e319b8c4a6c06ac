// Numbers, amounts, dates, instants, ids: text that is taken is the text of what it means.

#include "events/calendar.h"
#include "events/identifiers.h"
#include "events/money.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace daybook;
    const std::string_view text = fuzz::text_of(data, size);
    if (const auto decimal = parse_decimal(text))
        fuzz::hold(parse_decimal(to_text(*decimal)) == *decimal);
    for (const int digits : {0, 2, 3})
        if (const auto amount = parse_amount(text, digits))
            fuzz::hold(parse_amount(to_text(*amount, digits), digits) == *amount);
    if (const auto date = parse_date(text))
        fuzz::hold(to_text(*date) == text);
    if (const auto at = parse_timestamp(text))
        fuzz::hold(parse_timestamp(to_text(*at)) == *at);
    if (const auto id = parse_uuid(text))
        fuzz::hold(to_text(*id) == text);
    return 0;
}
