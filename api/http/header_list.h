// Headers that are lists (RFC 9110, 5.6.1), and those of them that say how much each item is wanted
// (12.4.2): Accept, Accept-Language.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace daybook::api {

// What stands between the commas, trimmed; empty items are left out.
std::vector<std::string_view> header_items(std::string_view header);

struct Weighted {
    std::string_view item;  // Without its parameters.
    int thousandths = 1000; // Of q; 0: not at all.
};
std::vector<Weighted> weighted_items(std::string_view header);

// Which of the media types Accept wants most: the one with the highest weight, then the one that is
// named most exactly, then the one named first. Without the header the first; nothing: none of
// them.
std::optional<std::size_t> preferred_type(std::string_view accept,
                                          std::span<const std::string_view> offers);
// Whether that one is wanted rather than JSON.
bool prefers_to_json(std::string_view accept, std::string_view media_type);
// The same of languages, by the first part of their tags.
std::optional<std::size_t> preferred_language(std::string_view accept_language,
                                              std::span<const std::string_view> offers);

} // namespace daybook::api
