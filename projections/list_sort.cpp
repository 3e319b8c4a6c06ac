#include "projections/list_sort.h"

#include "projections/contribution.h"

#include <algorithm>

namespace daybook::projections {
namespace {

std::optional<Order> order_of(SortKey key) {
    switch (key) {
    case SortKey::issued_on:
    case SortKey::received_on:
        return Order::date;
    case SortKey::number:
    case SortKey::code:
        return Order::number;
    case SortKey::name:
        return Order::name;
    case SortKey::created:
    case SortKey::due_on:
        return std::nullopt;
    }
    return std::nullopt;
}

std::optional<std::string> value_of(SortKey key, EntityRef thing, const Card& card) {
    if (const auto order = order_of(key))
        return value_in(*order, thing.kind, card);
    if (key == SortKey::created)
        return place_value({thing, card.first});
    return card.due_on ? std::optional(date_value(*card.due_on)) : std::nullopt;
}

// How many bytes of what begins with a value of the key are the value.
std::size_t value_size(SortKey key, std::string_view bytes) {
    switch (key) {
    case SortKey::created:
        return kPlaceBytes;
    case SortKey::issued_on:
    case SortKey::received_on:
    case SortKey::due_on:
        return date_value({}).size();
    case SortKey::number:
    case SortKey::code:
    case SortKey::name: {
        const std::string end = text_value({});
        const std::size_t found = bytes.find(end);
        return found == std::string_view::npos ? bytes.size() : found + end.size();
    }
    }
    return bytes.size();
}

std::string turned_if(bool descending, std::string_view value) {
    std::string turned(value);
    if (descending)
        std::ranges::transform(turned, turned.begin(),
                               [](char byte) { return static_cast<char>(~byte); });
    return turned;
}

} // namespace

ListSort::ListSort(std::vector<SortBy> keys) : keys_(std::move(keys)) {
    const auto creation = std::ranges::find(keys_, SortKey::created, &SortBy::key);
    if (creation != keys_.end())
        keys_.erase(creation + 1, keys_.end());
    else
        keys_.push_back({SortKey::created, !keys_.empty() && keys_.back().descending});
}

std::optional<Order> ListSort::first_order() const { return order_of(first().key); }

bool ListSort::is_settled_by_first() const {
    return keys_.size() == 1
           || (keys_.size() == 2 && keys_[1].key == SortKey::created
               && keys_[1].descending == keys_[0].descending);
}

std::string ListSort::place_of(EntityRef thing, const Card& card) const {
    std::string place;
    for (const auto& [key, descending] : keys_) {
        const auto value = value_of(key, thing, card);
        place += value ? '1' + turned_if(descending, *value) : "2";
    }
    return place;
}

std::optional<std::string> ListSort::first_value_at(std::string_view place) const {
    if (!place.starts_with('1'))
        return std::nullopt;
    std::string value = turned_if(first().descending, place.substr(1));
    value.resize(std::min(value.size(), value_size(first().key, value)));
    return value;
}

std::string ListSort::creation_at(std::string_view place) const {
    return turned_if(keys_.back().descending,
                     place.substr(place.size() - std::min(place.size(), kPlaceBytes)));
}

} // namespace daybook::projections
