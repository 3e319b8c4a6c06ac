#include "engine/domain/allocation.h"

#include "engine/domain/amounts.h"
#include "events/base/check.h"
#include "events/base/planted.h"

#include <algorithm>

namespace daybook::domain {

std::expected<Allocation, Refusal> Allocator::take(const AllocationInput& wish, Date on,
                                                   const std::string& pointer) {
    const InvoiceState* invoice = books_.invoice(wish.invoice_id);
    if (!invoice)
        return refuse_for({{pointer + "/invoice_id", Code::not_found, to_text(wish.invoice_id)}});
    TRY(may_settle(*invoice, pointer));
    const Amount amount = TRY(positive_amount(wish.amount, funds_.currency, pointer + "/amount"));
    auto due = due_.try_emplace(wish.invoice_id, due_now(books_, wish.invoice_id)).first;
    Amount due_after = due->second;
    TRY(take_from(due_after, amount, Code::amount_exceeds_due, "due", pointer));
    const char* name =
        funds_.exceeded == Code::amount_exceeds_remaining ? "remaining" : "unallocated";
    TRY(take_from(funds_.available, amount, funds_.exceeded, name, pointer));
    due->second = due_after;
    return Allocation{.id = wish.id,
                      .invoice_id = wish.invoice_id,
                      .amount = amount,
                      .paid_amount = amount,
                      .rate = {},
                      .rounding = {},
                      .on = on};
}

Allowed Allocator::may_settle(const InvoiceState& invoice, const std::string& pointer) const {
    const auto no = [&](Code code, std::string detail) {
        return refuse_for({{pointer + "/invoice_id", code, std::move(detail)}});
    };
    if (invoice.stage != InvoiceStage::issued)
        return no(Code::invoice_not_issued, {});
    const Document& document = invoice.content.document;
    if (document.client_id != funds_.client_id && !funds_.third_party)
        return no(Code::client_mismatch, {});
    if (document.currency != funds_.currency)
        return no(Code::currency_mismatch, "the invoice is in " + document.currency.code);
    return {};
}

Allowed Allocator::take_from(Amount& left, Amount amount, Code exceeded, const char* name,
                             const std::string& pointer) const {
    if (amount > left && !planted("more than what is due can be paid")) {
        const std::string text = to_text(left, funds_.currency.digits().value_or(0));
        Refusal refusal{exceeded, {}, {}, {{name, text}}};
        refusal.faults = {{pointer + "/amount", exceeded, text + " " + name}};
        return std::unexpected(std::move(refusal));
    }
    left -= amount;
    return {};
}

const AllocationEntry* live_allocation(const std::vector<AllocationEntry>& entries,
                                       AllocationId id) {
    const auto found = std::ranges::find_if(entries, [&](const AllocationEntry& entry) {
        return entry.allocation.id == id && !entry.ended_on;
    });
    return found == entries.end() ? nullptr : &*found;
}

} // namespace daybook::domain
