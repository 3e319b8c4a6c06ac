#include "api/http/header_list.h"

#include "api/http/message.h"
#include "events/base/whole_number.h"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>

namespace daybook::api {
namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string_view> split_trimmed(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t end = std::min(text.find(separator, from), text.size());
        if (const auto part = trimmed(text.substr(from, end - from)); !part.empty())
            parts.push_back(part);
        from = end + 1;
    }
    return parts;
}

// "0.75" as 750. What is no weight is one: the item was named, after all.
int thousandths_of(std::string_view text) {
    constexpr int kOne = 1000;
    const std::string_view whole = text.substr(0, text.find('.'));
    std::string decimals(text.substr(std::min(text.size(), whole.size() + 1)));
    const bool plain = (whole == "0" || whole == "1") && decimals.size() <= 3;
    decimals.resize(3, '0');
    const auto value = whole_number<unsigned>(decimals);
    if (!plain || !value)
        return kOne;
    return whole == "1" ? kOne : static_cast<int>(*value);
}

// How exactly a range names what is offered: 0 not at all, 1 as anything.
using Exactness = int (*)(std::string_view range, std::string_view offer);

int exactness_of_type(std::string_view range, std::string_view offer) {
    const std::string_view kind = offer.substr(0, offer.find('/') + 1); // "text/"
    if (equals_ignoring_case(range, offer))
        return 3;
    if (range.ends_with("/*") && equals_ignoring_case(range.substr(0, range.size() - 1), kind))
        return 2;
    return range == "*/*" ? 1 : 0;
}

int exactness_of_language(std::string_view range, std::string_view offer) {
    if (equals_ignoring_case(range.substr(0, range.find('-')), offer))
        return 2;
    return range == "*" ? 1 : 0;
}

std::optional<std::size_t>
preferred(std::string_view header, std::span<const std::string_view> offers, Exactness exactness) {
    const auto items = weighted_items(header);
    if (items.empty())
        return 0;
    using Rank = std::tuple<int, int, std::ptrdiff_t>; // Weight, exactness, how early.
    std::optional<std::size_t> best;
    Rank highest{0, 0, 0};
    for (std::size_t offer = 0; offer < offers.size(); ++offer) {
        // The range that names it most exactly says its weight.
        Rank rank{0, 0, 0};
        for (std::size_t at = 0; at < items.size(); ++at)
            if (const int exact = exactness(items[at].item, offers[offer]);
                exact > std::get<1>(rank))
                rank = {items[at].thousandths, exact, -static_cast<std::ptrdiff_t>(at)};
        if (std::get<0>(rank) > 0 && (!best || rank > highest)) {
            best = offer;
            highest = rank;
        }
    }
    return best;
}

} // namespace

std::vector<std::string_view> header_items(std::string_view header) {
    return split_trimmed(header, ',');
}

std::vector<Weighted> weighted_items(std::string_view header) {
    std::vector<Weighted> items;
    for (const std::string_view text : header_items(header)) {
        const auto parts = split_trimmed(text, ';');
        if (parts.empty())
            continue;
        Weighted item{parts.front()};
        for (const std::string_view parameter : parts)
            if (parameter.starts_with("q=") || parameter.starts_with("Q="))
                item.thousandths = thousandths_of(parameter.substr(2));
        items.push_back(item);
    }
    return items;
}

std::optional<std::size_t> preferred_type(std::string_view accept,
                                          std::span<const std::string_view> offers) {
    return preferred(accept, offers, exactness_of_type);
}

bool prefers_to_json(std::string_view accept, std::string_view media_type) {
    const std::array<std::string_view, 2> offers = {"application/json", media_type};
    return preferred_type(accept, offers) == 1U;
}

std::optional<std::size_t> preferred_language(std::string_view accept_language,
                                              std::span<const std::string_view> offers) {
    return preferred(accept_language, offers, exactness_of_language);
}

} // namespace daybook::api
