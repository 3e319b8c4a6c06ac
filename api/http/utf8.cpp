#include "api/http/utf8.h"

#include <cstddef>

namespace daybook::api {
namespace {

// Unicode 15, table 3-7. The length of a sequence follows from its first byte, and so does the
// range of its second one, which is where overlong forms and surrogates are excluded.
struct Sequence {
    std::size_t length; // 0: no sequence begins so.
    unsigned second_low = 0x80;
    unsigned second_high = 0xBF;
};

Sequence sequence_of(unsigned first) {
    if (first < 0x80)
        return {1};
    if (first < 0xC2)
        return {0};
    if (first < 0xE0)
        return {2};
    if (first == 0xE0)
        return {3, 0xA0, 0xBF};
    if (first == 0xED)
        return {3, 0x80, 0x9F};
    if (first < 0xF0)
        return {3};
    if (first == 0xF0)
        return {4, 0x90, 0xBF};
    if (first < 0xF4)
        return {4};
    if (first == 0xF4)
        return {4, 0x80, 0x8F};
    return {0};
}

} // namespace

bool is_utf8(std::string_view bytes) {
    const auto at = [&](std::size_t index) -> unsigned {
        return static_cast<unsigned char>(bytes[index]);
    };
    for (std::size_t begin = 0; begin < bytes.size();) {
        const Sequence sequence = sequence_of(at(begin));
        if (sequence.length == 0 || bytes.size() - begin < sequence.length)
            return false;
        for (std::size_t offset = 1; offset < sequence.length; ++offset) {
            const unsigned low = offset == 1 ? sequence.second_low : 0x80;
            const unsigned high = offset == 1 ? sequence.second_high : 0xBF;
            if (at(begin + offset) < low || at(begin + offset) > high)
                return false;
        }
        begin += sequence.length;
    }
    return true;
}

} // namespace daybook::api
