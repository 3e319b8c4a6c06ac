// Two moments side by side, of one book or of two that may share their beginning.
//
// What happened up to the last moment that both share is equal in both and never looked at, so a
// comparison costs what changed since, not what there is: first the things that changed on the way
// to `to`, then those that changed only on the way to `from`.
#pragma once

#include "api/routing/call.h"
#include "api/schema.h"

#include <optional>
#include <string>

namespace daybook::api {

struct ComparedMoments {
    CompanyView from;
    CompanyView to;
    Revision shared = 0; // Both books tell the same up to here.
};

// Finds what the two share.
std::expected<ComparedMoments, Problem> compare_moments(const Call& call, CompanyView from,
                                                        CompanyView to);

enum class ComparedSide { to, from };

// Where a page of a comparison goes on.
struct ComparisonPlace {
    ComparedSide side = ComparedSide::to;
    std::optional<projections::ChangePlace> behind; // Nothing = at the side's newest commit.
};

struct ComparisonPage {
    JsonArray items;
    std::optional<ComparisonPlace> next;
};

// Items {kind, id, label, change, changes}. A page looks at a bounded number of things and may end
// before it holds `limit`; things that changed and are equal again are not among the items.
std::expected<ComparisonPage, Problem> compare_page(const Call& call,
                                                    const ComparedMoments& moments,
                                                    const ComparisonPlace& start,
                                                    std::size_t limit);
// The item of one thing; nothing when it stood the same at both, or at neither.
std::expected<std::optional<Json>, Problem>
compare_thing(const Call& call, const ComparedMoments& moments, EntityRef thing);

// {counts: {clients: {before, after, difference}, …},
//  money: [{currency, receivable: {before, after, difference}, …}]}
std::expected<Json, Problem> compare_sums(const ComparedMoments& moments);

Schema comparison_item_schema();
Schema compared_sums_schema();

} // namespace daybook::api
