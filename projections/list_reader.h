// One page of a list, at any moment: filters, sorts, counts and sums over the cards of one kind.
//
// What is sorted by an order that is kept (creation, date, number, name, a client's own things;
// what is overdue, by due date) is read in that order from where the last page ended: a page looks
// at a bounded number of rows for each it returns. Where further keys sort what is equal in the
// first, a run of equals is read whole and sorted: a page costs its own rows and the rest of the
// runs that it begins and ends in.
//
// Where a filter has an order of its own and another is wanted (what is overdue, by number), what
// the filter leaves is read and sorted when it is little. When it is not, the wanted order is tried
// for a while, and fills the page unless what is wanted is rare. Only then, or where the wanted
// order is not kept, is much read and sorted. In each case a place in the list is the same bytes
// (list_sort.h), so pages never overlap.
#pragma once

#include "projections/card.h"
#include "projections/list_sort.h"
#include "projections/moment.h"
#include "projections/table_keys.h"

#include <string>
#include <vector>

namespace daybook::projections {

class ListReader {
  public:
    ListReader(const Moment& rows, const ListQuery& query);
    Result<ListPage> read();

  private:
    // A stretch of a table to be walked: keys that start with `prefix`, and of the rest of the key
    // those in [from, until).
    struct Stretch {
        Table table;
        std::string prefix;
        std::string from;
        std::string until;
        bool absent = false; // Holds things without the value sorted by.
    };
    struct Plan {
        std::vector<Stretch> stretches;
        bool in_order = true; // They follow the first key.
    };
    struct Found {
        std::string place; // In the list.
        PlacedThing placed;
        std::string row; // Empty: to be read again.
    };
    struct Seen {
        std::string_view key; // What follows the prefix of the stretch.
        PlacedThing placed;
        Card card;
        std::string_view row;
    };
    using Visit = std::function<Result<bool>(const Seen&)>;

    std::optional<Plan> plan_by_filters() const;
    Plan plan_by_order() const;
    Stretch dated() const;
    // Until so many rows were examined in all.
    Result<void> walk(const Stretch& stretch, Direction direction, std::uint64_t rows_end,
                      const Visit& visit) const;
    Result<std::optional<domain::Settled>> settled_if_matching(EntityRef thing,
                                                               const Card& card) const;
    bool card_matches(const Card& card) const;
    bool in_ranges(const Card& card) const;
    Result<std::vector<Found>> collect() const;
    // Nothing where the page would take more rows examined for each than that.
    Result<std::optional<std::vector<Found>>> collect_in_order(const Plan& plan,
                                                               std::uint64_t rows_each) const;
    Result<std::optional<std::vector<Found>>> collect_and_sort(std::uint64_t rows_each) const;
    std::uint64_t rows_end(std::uint64_t rows_each) const;
    std::vector<Stretch> stretches_ahead(const Plan& plan) const;
    Stretch after_cursor(Stretch stretch, Direction direction) const;
    Result<void> add_if_ahead(std::vector<Found>& found, const Seen& seen, bool keeps_row) const;
    void sort_from(std::vector<Found>& found, std::size_t first) const;
    Result<void> count_and_sum(ListPage& page) const;
    Result<ListItem> item_of(const Found& found) const;

    const Moment& rows_;
    const ListQuery& query_;
    ListSort sort_;
    std::string text_; // Folded.
    Plan order_;
    Plan plan_; // Leaves the fewest rows.
};

} // namespace daybook::projections
