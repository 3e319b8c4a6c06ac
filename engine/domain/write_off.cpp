#include "engine/domain/write_off.h"

#include "engine/domain/amounts.h"
#include "engine/domain/outcome.h"
#include "engine/domain/period.h"
#include "engine/domain/settled.h"
#include "events/base/check.h"

#include <algorithm>

namespace daybook::domain {
namespace {

std::expected<const InvoiceState*, Refusal> issued_invoice(const Books& books, InvoiceId id) {
    const InvoiceState* invoice = books.invoice(id);
    if (!invoice)
        return refuse(Code::not_found, to_text(id));
    if (invoice->stage == InvoiceStage::draft)
        return refuse(Code::invoice_is_draft);
    if (invoice->stage == InvoiceStage::voided)
        return refuse(Code::invoice_not_issued, "it was voided");
    return invoice;
}

Allowed not_before(Date on, std::optional<Date> earliest) {
    if (!earliest || on >= *earliest)
        return {};
    return refuse_for(
        {{"/on", Code::dated_before_document, to_text(on) + " is before " + to_text(*earliest)}});
}

const WriteOffEntry* find_live(const InvoiceState& invoice, WriteOffId id) {
    const auto found = std::ranges::find_if(invoice.write_offs, [&](const WriteOffEntry& entry) {
        return entry.write_off.id == id && !entry.reversed_on;
    });
    return found == invoice.write_offs.end() ? nullptr : &*found;
}

} // namespace

Decision decide(const Books& books, const WriteOffInvoice& command, const Circumstances& now) {
    const InvoiceState* invoice = TRY(issued_invoice(books, command.id));
    TRY(reason_given(command.reason));
    const Document& document = invoice->content.document;
    const Amount amount = TRY(positive_amount(command.amount, document.currency, "/amount"));
    const Date on = command.on.value_or(now.today);
    TRY(not_before(on, document.issued_on));
    TRY(date_is_open(books, on, now, "/on"));
    const Amount due = due_now(books, command.id);
    if (amount > due) {
        Refusal refusal{Code::amount_exceeds_due,
                        {},
                        {{"/amount", Code::amount_exceeds_due, {}}},
                        {{"due", to_text(due, document.currency.likely_digits())}}};
        return std::unexpected(std::move(refusal));
    }
    WriteOff write_off{
        .id = command.write_off_id, .amount = amount, .on = on, .cause = command.cause};
    return happens(ref(command.id), InvoiceWrittenOff{std::move(write_off)}, on);
}

// What was given up is due again.
Decision decide(const Books& books, const ReverseWriteOff& command, const Circumstances& now) {
    const InvoiceState* invoice = TRY(issued_invoice(books, command.id));
    const WriteOffEntry* entry = find_live(*invoice, command.write_off_id);
    if (!entry)
        return refuse(Code::write_off_not_found, to_text(command.write_off_id));
    TRY(reason_given(command.reason));
    const Date on = command.on.value_or(now.today);
    TRY(not_before(on, entry->write_off.on));
    TRY(date_is_open(books, on, now, "/on"));
    return happens(ref(command.id), WriteOffReversed{command.write_off_id, on}, on);
}

} // namespace daybook::domain
