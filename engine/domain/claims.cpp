#include "engine/domain/claims.h"

#include <cstdint>

namespace daybook::domain {
namespace {

// Lower case for the letters that French and its neighbours write: ASCII, Latin-1 (À-Þ without ×),
// Œ and Ÿ, in UTF-8. A table in code, and not a library's: the claims of a book must be the same in
// every release, on every machine. Letters of other alphabets are compared as they are written.
std::string lower_case(std::string_view text) {
    std::string folded(text);
    for (std::size_t i = 0; i < folded.size(); ++i) {
        const auto byte = static_cast<std::uint8_t>(folded[i]);
        if (byte >= 'A' && byte <= 'Z')
            folded[i] = static_cast<char>(byte + 0x20);
        if (i + 1 == folded.size() || (byte != 0xC3 && byte != 0xC5))
            continue;
        const auto next = static_cast<std::uint8_t>(folded[i + 1]);
        if (byte == 0xC3 && next >= 0x80 && next <= 0x9E && next != 0x97)
            folded[i + 1] = static_cast<char>(next + 0x20); // À -> à
        if (byte == 0xC5 && next == 0x92)
            folded[i + 1] = static_cast<char>(0x93); // Œ -> œ
        if (byte == 0xC5 && next == 0xB8)
            folded.replace(i, 2, "\xC3\xBF"); // Ÿ -> ÿ
        ++i;
    }
    return folded;
}

// White space around a code is no part of it.
std::string folded(std::string_view code) {
    constexpr std::string_view kSpaces = " \t\r\n";
    const std::size_t first = code.find_first_not_of(kSpaces);
    if (first == code.npos)
        return {};
    return lower_case(code.substr(first, code.find_last_not_of(kSpaces) - first + 1));
}

// "{n:4}" and "{n:6}" write the same numbers from 10,000 and a million on, so the width of a number
// does not tell two patterns apart.
std::string without_widths(std::string pattern) {
    constexpr std::string_view kCounter = "{n:";
    for (std::size_t at = pattern.find(kCounter); at != pattern.npos;
         at = pattern.find(kCounter, at + 1)) {
        const std::size_t close = pattern.find('}', at);
        if (close == pattern.npos)
            break;
        pattern.erase(at + 2, close - at - 2);
    }
    return pattern;
}

// A text and its length, so that no two different lists of texts read alike.
std::string part(std::string_view text) {
    return std::to_string(text.size()) + ":" + std::string(text);
}

} // namespace

std::string product_code_claim(std::string_view code) { return "product/" + folded(code); }

std::string client_code_claim(std::string_view code) { return "client/" + folded(code); }

std::string series_pattern_claim(std::string_view pattern) {
    return "pattern/" + without_widths(folded(pattern));
}

std::string source_claim(const External& external) {
    const std::string origin = "source/" + part(external.system) + part(external.table);
    return external.id.empty() ? origin + "row " + std::to_string(external.row)
                               : origin + "id " + part(external.id);
}

std::vector<std::string> claims_of(const State& state) {
    if (const auto* product = std::get_if<ProductState>(&state))
        return {product_code_claim(product->profile.code)};
    if (const auto* series = std::get_if<SeriesState>(&state))
        return {series_pattern_claim(series->series.pattern)};
    const auto* client = std::get_if<ClientState>(&state);
    if (client && !folded(client->profile.party.code).empty())
        return {client_code_claim(client->profile.party.code)};
    return {};
}

} // namespace daybook::domain
