#include "projections/search_text.h"

#include "events/base/check.h"

#include <algorithm>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace daybook::projections {
namespace {

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text,
                               [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

std::string fold_ascii(std::string_view text) {
    std::string folded(text);
    for (char& character : folded)
        if (character >= 'A' && character <= 'Z')
            character = static_cast<char>(character - 'A' + 'a');
    return folded;
}

// Ligatures that Unicode does not take apart, though readers do.
void append_folded(icu::UnicodeString& out, UChar32 character) {
    if (character == 0x0153) // œ
        out.append(u"oe", 2);
    else if (character == 0x00E6) // æ
        out.append(u"ae", 2);
    else if (u_charType(character) != U_NON_SPACING_MARK)
        out.append(character);
}

} // namespace

std::string fold_text(std::string_view text) {
    if (is_ascii(text))
        return fold_ascii(text);
    UErrorCode problem = U_ZERO_ERROR;
    const icu::Normalizer2* parts = icu::Normalizer2::getNFKDInstance(problem);
    CHECK(U_SUCCESS(problem), "ICU brings its normalisation data");
    const auto unicode = icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    icu::UnicodeString apart = parts->normalize(unicode, problem);
    CHECK(U_SUCCESS(problem), "any text can be normalised");
    apart.foldCase();
    icu::UnicodeString folded;
    for (std::int32_t at = 0; at < apart.length(); at = apart.moveIndex32(at, 1))
        append_folded(folded, apart.char32At(at));
    std::string bytes;
    folded.toUTF8String(bytes);
    return bytes;
}

} // namespace daybook::projections
