// Invoices. A draft shows what it would come to; an issued or imported one is what was frozen.
#include "engine/domain/calculation.h"
#include "engine/domain/evolution.h"

#include <algorithm>

namespace daybook::domain {
namespace {

// A draft is recorded only when it can be calculated. Should later rules refuse an old one, it is
// shown without totals, and refused by name when somebody wants to issue it.
void write_draft(InvoiceState& invoice, const Document& document,
                 const std::optional<Hash>& private_notes) {
    invoice.content = {};
    invoice.content.document = document;
    invoice.private_notes = private_notes;
    auto calculated = calculate(document, invoice.content.calculation.tax_rounding);
    if (!calculated)
        return;
    invoice.content.document.lines = std::move(calculated->lines);
    invoice.content.taxes = std::move(calculated->taxes);
    invoice.content.totals = calculated->totals;
}

} // namespace

InvoiceState begin(const InvoiceDrafted& event) {
    InvoiceState invoice;
    write_draft(invoice, event.document, event.private_notes);
    return invoice;
}

InvoiceState begin(const InvoiceImported& event) {
    InvoiceState invoice;
    invoice.stage = InvoiceStage::issued;
    invoice.imported = true;
    invoice.content = event.imported.frozen;
    invoice.stated_status = event.imported.stated_status;
    return invoice;
}

void change(InvoiceState& invoice, const InvoiceChanged& event) {
    write_draft(invoice, event.document, event.private_notes);
}
void change(InvoiceState& invoice, const InvoiceVoided&) { invoice.stage = InvoiceStage::voided; }
void change(InvoiceState& invoice, const InvoiceIssued& event) {
    invoice.stage = InvoiceStage::issued;
    invoice.content = event.frozen;
}
void change(InvoiceState& invoice, const InvoiceAnnotated& event) {
    invoice.private_notes = event.private_note;
    invoice.tags = event.tags;
}

void change(InvoiceState& invoice, const InvoiceWrittenOff& event) {
    invoice.write_offs.push_back({event.write_off, {}});
}
void change(InvoiceState& invoice, const WriteOffReversed& event) {
    for (WriteOffEntry& entry : invoice.write_offs)
        if (entry.write_off.id == event.write_off_id)
            entry.reversed_on = event.on;
}

} // namespace daybook::domain
