#include "projections/reports.h"

#include "projections/bytes.h"
#include "projections/contribution.h"

namespace daybook::projections {
namespace {

using VisitOpen = std::function<void(const OpenInvoice&)>;

// Open invoices due since the first of today's month, and before today.
Result<void> each_overdue_this_month(const Rows& rows, Date today, const VisitOpen& visit) {
    return rows.scan(Table::open, date_value(first_day(month_of(today))), date_value(today),
                     Direction::forward, [&](auto, auto row) -> Result<bool> {
                         visit(TRY(decode_open_invoice(row)));
                         return true;
                     });
}

void list(std::vector<Money>& amounts, const std::string& code, Wide minor) {
    const Currency currency{code};
    if (minor != 0)
        amounts.push_back({currency, to_text(minor, currency)});
}

std::uint64_t counted(std::int64_t count) { return static_cast<std::uint64_t>(count); }

} // namespace

Result<Summary> read_summary(const Rows& rows, Date today) {
    CompanyTotals totals;
    if (const auto row = TRY(rows.get(Table::totals, {})))
        totals = TRY(decode_totals(*row));
    std::map<std::string, Wide> overdue;
    for (const auto& [currency, balance] : totals.balances)
        overdue[currency] = due_in_past_months(balance, today);
    TRY(each_overdue_this_month(
        rows, today, [&](const OpenInvoice& open) { overdue[open.currency.code] += open.due; }));

    const Counts& counts = totals.counts;
    Summary summary{.clients = counted(counts.clients),
                    .products = counted(counts.products),
                    .drafts = counted(counts.drafts),
                    .issued = counted(counts.issued),
                    .credit_notes = counted(counts.credit_notes),
                    .payments = counted(counts.payments)};
    for (const auto& [currency, balance] : totals.balances) {
        list(summary.receivable, currency, balance.due);
        list(summary.overdue, currency, overdue[currency]);
        list(summary.credit_open, currency, balance.credit_open);
        list(summary.unallocated, currency, balance.unallocated);
    }
    return summary;
}

Result<std::vector<Receivable>> read_receivables(const Rows& rows, Date today) {
    std::map<std::string, Wide> overdue_this_month; // By key of table balance.
    TRY(each_overdue_this_month(rows, today, [&](const OpenInvoice& open) {
        overdue_this_month[balance_key(open.client_id.value_or(ClientId{}), open.currency)] +=
            open.due;
    }));
    std::vector<Receivable> receivables;
    const auto visit = [&](std::string_view key, std::string_view row) -> Result<bool> {
        const Balance balance = TRY(decode_balance(row));
        ByteReader place(key);
        const ClientId client{place.id()};
        const Currency currency{place.text()};
        const Wide overdue =
            due_in_past_months(balance, today) + overdue_this_month[std::string(key)];
        receivables.push_back({client, currency, to_text(balance.due, currency),
                               to_text(overdue, currency), to_text(balance.credit_open, currency),
                               to_text(balance.unallocated, currency),
                               counted(balance.open_invoices)});
        return true;
    };
    TRY(rows.scan_prefix(Table::balance, {}, visit));
    return receivables;
}

} // namespace daybook::projections
