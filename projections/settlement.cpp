#include "projections/settlement.h"

#include "projections/bytes.h"

#include <functional>

namespace daybook::projections {
namespace {

void add_live(Settlements& settlements, const std::vector<domain::AllocationEntry>& entries) {
    for (const domain::AllocationEntry& entry : entries)
        if (!entry.ended_on)
            settlements[entry.allocation.invoice_id] += entry.allocation.amount;
}

using VisitSettlement = std::function<void(EntityRef by, Amount amount)>;

Result<void> each_settlement(const Rows& rows, InvoiceId invoice, const VisitSettlement& visit) {
    const std::string prefix = id_value(invoice.value);
    return rows.scan_prefix(
        Table::settlement, prefix, [&](std::string_view key, std::string_view row) -> Result<bool> {
            ByteReader reader(row);
            const Amount amount{static_cast<std::int64_t>(reader.sum())};
            const auto by = parse_thing_value(key.substr(prefix.size()));
            if (!by || !reader.finished())
                return fail(ErrorKind::corrupt, "a settlement of the views cannot be read");
            visit(*by, amount);
            return true;
        });
}

} // namespace

Settlements settlements_of(const domain::State& state) {
    Settlements settlements;
    if (const auto* payment = std::get_if<domain::PaymentState>(&state)) {
        add_live(settlements, payment->allocations); // A reversal has ended them.
    } else if (const auto* note = std::get_if<domain::CreditNoteState>(&state)) {
        for (const CreditedInvoice& credited : note->credits)
            if (credited.invoice_id)
                settlements[*credited.invoice_id];
        add_live(settlements, note->allocations);
    }
    return settlements;
}

Result<domain::Settled> settled(const Rows& rows, InvoiceId invoice) {
    domain::Settled sum;
    TRY(each_settlement(rows, invoice, [&](EntityRef by, Amount amount) {
        (by.kind == EntityKind::payment ? sum.paid : sum.credited) += amount;
    }));
    return sum;
}

Result<std::vector<EntityRef>> settled_by(const Rows& rows, InvoiceId invoice) {
    std::vector<EntityRef> things;
    TRY(each_settlement(rows, invoice, [&](EntityRef by, Amount) { things.push_back(by); }));
    return things;
}

std::string encode_settlement(Amount amount) {
    std::string bytes;
    append_sum(bytes, amount.minor);
    return bytes;
}

} // namespace daybook::projections
