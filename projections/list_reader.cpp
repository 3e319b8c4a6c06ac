#include "projections/list_reader.h"

#include "projections/contribution.h"
#include "projections/entity_row.h"
#include "projections/search_text.h"
#include "projections/settlement.h"

#include <algorithm>
#include <limits>
#include <map>

namespace daybook::projections {
namespace {

bool is_date_filtered(const ListQuery& query) { return query.issued_from || query.issued_to; }

bool within(const std::optional<Date>& date, const std::optional<Date>& from,
            const std::optional<Date>& to) {
    if (!from && !to)
        return true;
    return date && (!from || *date >= *from) && (!to || *date <= *to);
}

// True when the thing still stands where a row of table order says.
bool stands_at(std::string_view key, const PlacedThing& placed, const Card& card) {
    const EntityKind kind = placed.thing.kind;
    const auto order = static_cast<Order>(key[1]);
    const auto value = value_in(order, kind, card);
    return value && key == order_prefix(kind, order) + *value + place_value(placed);
}

// Examined for each row of a page before another way is tried: while what a filter leaves is read
// and may be little; while the wanted order is read and may be full of what is wanted.
constexpr std::uint64_t kRowsWhileLittle = 4;
constexpr std::uint64_t kRowsWhileFrequent = 24;
constexpr std::uint64_t kRowsWithoutEnd = std::numeric_limits<std::uint32_t>::max();

struct CurrencySums {
    Wide net = 0, tax = 0, total = 0, due = 0;
};

} // namespace

ListReader::ListReader(const Moment& rows, const ListQuery& query)
    : rows_(rows),
      query_(query),
      sort_(query.sort),
      text_(fold_text(query.text)),
      order_(plan_by_order()),
      plan_(plan_by_filters().value_or(order_)) {}

// ---- which rows to look at -------------------------------------------------------------------

// Nothing where no filter has an order of its own.
std::optional<ListReader::Plan> ListReader::plan_by_filters() const {
    const EntityKind kind = query_.kind;
    const SortKey wanted = sort_.first().key;
    const auto ordered = [&](Order order, const std::string& value) {
        return Stretch{Table::order, order_prefix(kind, order) + value, {}, {}};
    };
    if (query_.number) {
        const Card named{.number = *query_.number};
        const auto value = value_in(Order::number, kind, named);
        return Plan{value ? std::vector{ordered(Order::number, *value)} : std::vector<Stretch>{},
                    wanted == SortKey::created};
    }
    if (query_.overdue == true && kind == EntityKind::invoice)
        return Plan{{{Table::open, {}, {}, date_value(query_.today)}}, wanted == SortKey::due_on};
    if (query_.client_id)
        return Plan{{ordered(Order::client, id_value(query_.client_id->value))},
                    wanted == SortKey::created};
    if (is_date_filtered(query_))
        return Plan{{dated()}, sort_.first_order() == Order::date};
    return std::nullopt;
}

ListReader::Stretch ListReader::dated() const {
    Stretch dated{Table::order, order_prefix(query_.kind, Order::date), {}, {}};
    if (query_.issued_from)
        dated.from = date_value(*query_.issued_from);
    if (query_.issued_to)
        dated.until = date_value(add_days(*query_.issued_to, 1));
    return dated;
}

ListReader::Plan ListReader::plan_by_order() const {
    const EntityKind kind = query_.kind;
    const Stretch all{Table::entity, kind_prefix(kind), {}, {}};
    const auto order = sort_.first_order();
    if (order == Order::date)
        return {{dated()}};
    if (order == Order::number) {
        Stretch unnumbered = all;
        unnumbered.absent = true;
        return {{{Table::order, order_prefix(kind, Order::number), {}, {}}, unnumbered}};
    }
    if (order == Order::name && (kind == EntityKind::client || kind == EntityKind::product))
        return {{{Table::order, order_prefix(kind, Order::name), {}, {}}}};
    return {{all}, sort_.first().key == SortKey::created};
}

Result<void> ListReader::walk(const Stretch& stretch, Direction direction, std::uint64_t rows_end,
                              const Visit& visit) const {
    const std::string from = stretch.prefix + stretch.from;
    const std::string until =
        stretch.until.empty() ? after_prefix(stretch.prefix) : stretch.prefix + stretch.until;
    const auto each = [&](std::string_view key, std::string_view row) -> Result<bool> {
        if (rows_.rows_examined() > rows_end)
            return false;
        const PlacedThing placed = place_at_end(query_.kind, key);
        std::optional<std::string> stored;
        if (stretch.table != Table::entity) {
            stored = TRY(rows_.get(Table::entity, entity_key(placed)));
            if (!stored)
                return fail(ErrorKind::corrupt, "an order of the views names no thing");
        }
        const std::string_view thing_row = stored ? std::string_view(*stored) : row;
        Card card = TRY(decode_card(thing_row));
        if (stretch.absent && !card.number.empty())
            return true;
        if (stretch.table == Table::order && !stands_at(key, placed, card))
            return true;
        return visit({key.substr(stretch.prefix.size()), placed, std::move(card), thing_row});
    };
    return rows_.scan(stretch.table, from, until, direction, each);
}

// ---- which of them are wanted ----------------------------------------------------------------

bool ListReader::in_ranges(const Card& card) const {
    return within(card.dated, query_.issued_from, query_.issued_to)
           && within(card.due_on, query_.due_from, query_.due_to);
}

bool ListReader::card_matches(const Card& card) const {
    return card.exists && (!query_.client_id || card.client_id == query_.client_id)
           && (!query_.number || card.number == *query_.number) && in_ranges(card)
           && (text_.empty() || card.search.find(text_) != std::string::npos);
}

// What settles the thing is looked up only when the filters ask for it.
Result<std::optional<domain::Settled>> ListReader::settled_if_matching(EntityRef thing,
                                                                       const Card& card) const {
    if (!card_matches(card))
        return std::nullopt;
    domain::Settled sum;
    if (thing.kind == EntityKind::invoice && card.status.empty()
        && (!query_.status.empty() || query_.overdue || query_.sums))
        sum = TRY(settled(rows_, InvoiceId{thing.id}));
    if (!query_.status.empty()
        && std::ranges::find(query_.status, status_of(thing.kind, card, sum))
               == query_.status.end())
        return std::nullopt;
    if (query_.overdue && is_overdue(card, sum, query_.today) != *query_.overdue)
        return std::nullopt;
    return sum;
}

// ---- a page ----------------------------------------------------------------------------------

// Where the walk of a stretch begins: at the cursor's own row, or at the run of equals it lies in.
ListReader::Stretch ListReader::after_cursor(Stretch stretch, Direction direction) const {
    const auto value = sort_.first_value_at(query_.after);
    if (query_.after.empty() || stretch.absent == value.has_value())
        return stretch;
    std::string reached = value.value_or("");
    if (sort_.is_settled_by_first() && sort_.first().key != SortKey::created)
        reached += sort_.creation_at(query_.after);
    if (reached.empty())
        return stretch;
    if (direction == Direction::forward)
        stretch.from = reached;
    else
        stretch.until = after_prefix(reached);
    return stretch;
}

// In page order, without those that lie behind the cursor.
std::vector<ListReader::Stretch> ListReader::stretches_ahead(const Plan& plan) const {
    std::vector<Stretch> ahead = plan.stretches;
    if (query_.backward)
        std::ranges::reverse(ahead);
    if (query_.after.empty())
        return ahead;
    const bool cursor_is_absent = !sort_.first_value_at(query_.after);
    std::erase_if(ahead, [&](const Stretch& stretch) {
        return stretch.absent != cursor_is_absent && stretch.absent == query_.backward;
    });
    return ahead;
}

// A page in order keeps the rows that it shows; where many are gone through, that would be much.
Result<void> ListReader::add_if_ahead(std::vector<Found>& found, const Seen& seen,
                                      bool keeps_row) const {
    std::string place = sort_.place_of(seen.placed.thing, seen.card);
    const bool is_ahead =
        query_.after.empty() || (query_.backward ? place < query_.after : place > query_.after);
    if (is_ahead && TRY(settled_if_matching(seen.placed.thing, seen.card)))
        found.push_back({std::move(place), seen.placed, std::string(keeps_row ? seen.row : "")});
    return {};
}

// In page order, away from the cursor, as far as the page needs it.
void ListReader::sort_from(std::vector<Found>& found, std::size_t first) const {
    const auto at = [&](std::size_t index) {
        return found.begin() + static_cast<std::ptrdiff_t>(std::min(index, found.size()));
    };
    std::partial_sort(at(first), at(std::max(first, query_.limit + 1)), found.end(),
                      [&](const Found& a, const Found& b) {
                          return query_.backward ? b.place < a.place : a.place < b.place;
                      });
}

// Reads until the page is full, and one more, to know that there is more; of things equal in the
// first key all, where it does not settle their order.
Result<std::optional<std::vector<ListReader::Found>>>
ListReader::collect_in_order(const Plan& plan, std::uint64_t rows_each) const {
    std::vector<Found> found;
    const std::uint64_t end = rows_end(rows_each);
    const Direction direction =
        sort_.first().descending != query_.backward ? Direction::backward : Direction::forward;
    const bool is_settled = sort_.is_settled_by_first();
    for (const Stretch& stretch : stretches_ahead(plan)) {
        std::size_t run = found.size(); // Where the things equal to the last one begin.
        std::string value;
        const auto visit = [&](const Seen& seen) -> Result<bool> {
            const std::string_view key = seen.key;
            const std::string_view own = is_settled ? key : key.substr(0, key.size() - kPlaceBytes);
            if (own != value) {
                if (found.size() > query_.limit)
                    return false;
                sort_from(found, run);
                run = found.size();
                value = own;
            }
            TRY(add_if_ahead(found, seen, is_settled));
            return !is_settled || found.size() <= query_.limit;
        };
        if (found.size() <= query_.limit)
            TRY(walk(after_cursor(stretch, direction), direction, end, visit));
        if (rows_.rows_examined() > end)
            return std::nullopt;
        sort_from(found, run);
    }
    found.resize(std::min(found.size(), query_.limit + 1));
    return found;
}

Result<std::optional<std::vector<ListReader::Found>>>
ListReader::collect_and_sort(std::uint64_t rows_each) const {
    std::vector<Found> found;
    const std::uint64_t end = rows_end(rows_each);
    const auto visit = [&](const Seen& seen) -> Result<bool> {
        TRY(add_if_ahead(found, seen, false));
        return true;
    };
    for (const Stretch& stretch : plan_.stretches)
        TRY(walk(stretch, Direction::forward, end, visit));
    if (rows_.rows_examined() > end)
        return std::nullopt;
    sort_from(found, 0);
    found.resize(std::min(found.size(), query_.limit + 1));
    return found;
}

Result<std::vector<ListReader::Found>> ListReader::collect() const {
    if (plan_.in_order)
        return *TRY(collect_in_order(plan_, kRowsWithoutEnd));
    if (order_.in_order) {
        if (auto found = TRY(collect_and_sort(kRowsWhileLittle)))
            return *std::move(found);
        if (auto found = TRY(collect_in_order(order_, kRowsWhileFrequent)))
            return *std::move(found);
    }
    return *TRY(collect_and_sort(kRowsWithoutEnd));
}

std::uint64_t ListReader::rows_end(std::uint64_t rows_each) const {
    return rows_.rows_examined() + rows_each * (query_.limit + 1);
}

Result<ListItem> ListReader::item_of(const Found& found) const {
    const EntityRef thing = found.placed.thing;
    auto row = found.row.empty() ? TRY(find_entity(rows_, found.placed))
                                 : std::optional(TRY(decode_entity_row(thing.kind, found.row)));
    if (!row)
        return fail(ErrorKind::corrupt, "a list names a thing without a row");
    ListItem item{thing, std::move(*row), {}};
    if (thing.kind == EntityKind::invoice)
        item.settled = TRY(settled(rows_, InvoiceId{thing.id}));
    return item;
}

Result<void> ListReader::count_and_sum(ListPage& page) const {
    std::uint64_t total = 0;
    std::map<std::string, CurrencySums> sums;
    const auto visit = [&](const Seen& seen) -> Result<bool> {
        const EntityRef thing = seen.placed.thing;
        const Card& card = seen.card;
        if (const auto settled = TRY(settled_if_matching(thing, card))) {
            ++total;
            if (!is_document(thing.kind)) // Of others there is nothing to sum.
                return true;
            CurrencySums& sum = sums[card.currency.code];
            sum.net += card.net.minor;
            sum.tax += card.tax.minor;
            sum.total += card.total.minor;
            if (thing.kind == EntityKind::invoice)
                sum.due += due_of(card, *settled).minor;
        }
        return true;
    };
    for (const Stretch& stretch : plan_.stretches)
        TRY(walk(stretch, Direction::forward, rows_end(kRowsWithoutEnd), visit));
    if (query_.count)
        page.total = total;
    if (query_.sums)
        for (const auto& [code, sum] : sums) {
            const Currency currency{code};
            page.sums.push_back({currency, to_text(sum.net, currency), to_text(sum.tax, currency),
                                 to_text(sum.total, currency), to_text(sum.due, currency)});
        }
    return {};
}

Result<ListPage> ListReader::read() {
    const std::uint64_t examined_before = rows_.rows_examined();
    ListPage page;
    std::vector<Found> found = TRY(collect());
    const bool more = found.size() > query_.limit;
    if (more)
        found.pop_back();
    if (query_.backward)
        std::ranges::reverse(found);
    for (const Found& each : found)
        page.items.push_back(TRY(item_of(each)));
    if (!found.empty()) {
        // Where a page was come from, there is something to go back to.
        const bool came_from = !query_.after.empty();
        if (query_.backward ? came_from : more)
            page.next = found.back().place;
        if (query_.backward ? more : came_from)
            page.prev = found.front().place;
    }
    page.rows_examined = rows_.rows_examined() - examined_before;
    if (query_.count || query_.sums)
        TRY(count_and_sum(page));
    return page;
}

} // namespace daybook::projections
