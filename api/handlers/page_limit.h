// What pages of long answers have in common: how many items, which parameters, which members.
#pragma once

#include "api/routing/route.h"

#include <initializer_list>
#include <string_view>
#include <vector>

namespace daybook::api {

inline constexpr std::size_t kPageItems = 50;
inline constexpr std::size_t kPageItemsMax = 500;

// Of the parameters that every list takes, those of these names; and those of CSV.
std::vector<Parameter> picked_parameters(std::initializer_list<std::string_view> names);
std::vector<Parameter> csv_parameters();

// A page of what is only read onwards: prev is null.
Schema page_of_one_way(const Schema& item);

// The parameter `limit`, where it is given.
std::expected<std::size_t, Problem> read_page_limit(const Call& call);

} // namespace daybook::api
