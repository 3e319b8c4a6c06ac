#include "projections/contribution.h"

#include "events/base/planted.h"
#include "projections/bytes.h"
#include "projections/order_blocks.h"

#include <array>

namespace daybook::projections {

bool is_document(EntityKind kind) {
    return kind == EntityKind::invoice || kind == EntityKind::credit_note
           || kind == EntityKind::payment;
}

namespace {

// Long enough to sort by; a key of megabytes would serve nobody.
constexpr std::size_t kSortedTextBytesMax = 200;

std::string sorted_text(std::string_view text) {
    return text_value(text.substr(0, kSortedTextBytesMax));
}

std::string open_invoice_row(const Card& card, Amount due) {
    std::string row = id_value(card.client_id.value_or(ClientId{}).value);
    append_sum(row, due.minor);
    return row + card.currency.code;
}

void count(Counts& counts, EntityKind kind, const Card& card) {
    counts.clients = kind == EntityKind::client ? 1 : 0;
    counts.products = kind == EntityKind::product ? 1 : 0;
    counts.drafts = kind == EntityKind::invoice && card.draft ? 1 : 0;
    counts.issued = kind == EntityKind::invoice && card.status.empty() ? 1 : 0;
    counts.credit_notes = kind == EntityKind::credit_note ? 1 : 0;
    counts.payments = kind == EntityKind::payment ? 1 : 0;
}

Balance balance_of(EntityKind kind, const Card& card, Amount due) {
    Balance balance;
    if (kind == EntityKind::credit_note)
        balance.credit_open = card.remaining.minor;
    if (kind == EntityKind::payment)
        balance.unallocated = card.remaining.minor;
    balance.due = due.minor;
    if (due > Amount{}) {
        balance.open_invoices = 1;
        if (card.due_on)
            balance.due_by_month[month_of(*card.due_on)] = due.minor;
    }
    return balance;
}

// Each lies in the next: where one is known, the wider ones are.
Result<void> begin_blocks(PendingRows& rows, std::string_view order_key) {
    for (const Block& block : blocks_of(order_key)) {
        if (TRY(rows.get(Table::block, block.key)))
            break;
        rows.put(Table::block, block.key, {});
    }
    return {};
}

constexpr std::array kOrders = {Order::date, Order::number, Order::name, Order::client};

} // namespace

std::optional<std::string> value_in(Order order, EntityKind kind, const Card& card) {
    switch (order) {
    case Order::date:
        return is_document(kind) ? std::optional(date_value(day_of(card))) : std::nullopt;
    case Order::number:
        return card.number.empty() ? std::nullopt : std::optional(sorted_text(card.number));
    case Order::name:
        return kind == EntityKind::client || kind == EntityKind::product
                   ? std::optional(sorted_text(card.name))
                   : std::nullopt;
    case Order::client:
        return card.client_id ? std::optional(id_value(card.client_id->value)) : std::nullopt;
    }
    return std::nullopt;
}

Contribution contribution(EntityRef thing, const Card& card, const domain::Settled& settled) {
    Contribution made;
    if (!card.exists)
        return made;
    const PlacedThing placed{thing, card.first};
    count(made.totals.counts, thing.kind, card);
    const Amount due = thing.kind == EntityKind::invoice ? due_of(card, settled) : Amount{};
    if (const Balance balance = balance_of(thing.kind, card, due); balance != Balance{}) {
        made.totals.balances[card.currency.code] = balance;
        made.balances[balance_key(card.client_id.value_or(ClientId{}), card.currency)] = balance;
    }
    if (due > Amount{} && card.due_on)
        made.rows[{Table::open, open_key(*card.due_on, placed)}] = open_invoice_row(card, due);
    for (const Order order : kOrders)
        if (const auto value = value_in(order, thing.kind, card))
            made.rows[{Table::order,
                       order_prefix(thing.kind, order) + *value + place_value(placed)}];
    return made;
}

Result<OpenInvoice> decode_open_invoice(std::string_view row) {
    ByteReader reader(row);
    OpenInvoice open;
    if (const Uuid client = reader.id(); !client.is_nil())
        open.client_id = ClientId{client};
    open.due = reader.sum();
    while (reader.more())
        open.currency.code += reader.take(1);
    if (!reader.finished())
        return fail(ErrorKind::corrupt, "an open invoice of the views cannot be read");
    return open;
}

// ---- changes of a commit ---------------------------------------------------------------------

void ViewChanges::subtract(Contribution before) {
    if (!planted("totals only grow"))
        totals_ += -before.totals;
    for (const auto& [key, balance] : before.balances)
        balances_[key] += -balance;
    before_.merge(before.rows);
}

void ViewChanges::add(Contribution after) {
    totals_ += after.totals;
    for (const auto& [key, balance] : after.balances)
        balances_[key] += balance;
    after_.merge(after.rows);
}

Result<void> ViewChanges::write(PendingRows& rows) const {
    for (const auto& [place, row] : before_)
        if (place.first != Table::order && !after_.contains(place))
            rows.remove(place.first, place.second);
    for (const auto& [place, row] : after_)
        if (const auto known = before_.find(place);
            known == before_.end() || known->second != row) {
            rows.put(place.first, place.second, row);
            if (place.first == Table::order)
                TRY(begin_blocks(rows, place.second));
        }
    const auto move = [&](Table table, const std::string& key, const auto& change,
                          const auto& decode) -> Result<void> {
        std::decay_t<decltype(change)> value;
        if (value == change)
            return {};
        if (const auto row = TRY(rows.get(table, key)))
            value = TRY(decode(*row));
        value += change;
        if (value == std::decay_t<decltype(change)>{})
            rows.remove(table, key);
        else
            rows.put(table, key, encode(value));
        return {};
    };
    for (const auto& [key, change] : balances_)
        TRY(move(Table::balance, key, change, decode_balance));
    return move(Table::totals, {}, totals_, decode_totals);
}

} // namespace daybook::projections
