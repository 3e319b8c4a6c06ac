#include "engine/domain/credit.h"

#include "engine/domain/country_profile.h"
#include "engine/domain/credit_plan.h"
#include "engine/domain/documents.h"
#include "engine/domain/numbering.h"
#include "engine/domain/settled.h"
#include "events/base/check.h"

#include <algorithm>

namespace daybook::domain {
namespace {

std::expected<const InvoiceState*, Refusal> creditable(const Books& books,
                                                       const CreditInvoice& command) {
    const InvoiceState* invoice = books.invoice(command.invoice_id);
    if (!invoice)
        return refuse(Code::not_found, to_text(command.invoice_id));
    if (invoice->stage == InvoiceStage::draft)
        return refuse(Code::invoice_is_draft, "a draft is changed or voided");
    if (invoice->stage == InvoiceStage::voided)
        return refuse(Code::invoice_not_issued, "it was voided");
    TRY(reason_given(command.reason));
    if (command.all && !command.lines.empty())
        return refuse_for({{"/all", Code::invalid_input, "all or lines, not both"}});
    return invoice;
}

Allowed not_before_invoice(const Document& invoice, Date issued_on) {
    if (!invoice.issued_on || issued_on >= *invoice.issued_on)
        return {};
    return refuse_for({{"/issued_on", Code::dated_before_document,
                        to_text(issued_on) + " is before " + to_text(*invoice.issued_on)}});
}

// What the seller must say today; the buyer and the lines are as they were frozen.
Allowed law_is_content(const CompanyProfile& company, Date issued_on) {
    Faults missing = missing_seller_data(company, issued_on);
    if (missing.empty())
        return {};
    return refuse(Code::missing_legal_data, {}, std::move(missing));
}

Document document_of(const Document& invoice, const CreditPlan& plan, Date issued_on) {
    Document document;
    document.kind = DocumentKind::credit_note;
    document.client_id = invoice.client_id;
    document.currency = invoice.currency;
    document.language = invoice.language;
    document.issued_on = issued_on;
    document.buyer_reference = invoice.buyer_reference;
    document.purchase_order = invoice.purchase_order;
    document.contract = invoice.contract;
    document.prices_include_tax = invoice.prices_include_tax;
    document.vat_due = invoice.vat_due;
    document.lines = plan.lines;
    if (plan.totals.discount != Amount{})
        document.discount =
            Discount{{}, plan.totals.discount, invoice.discount ? invoice.discount->reason : ""};
    return document;
}

Frozen freeze(const Frozen& invoice, InvoiceId invoice_id, const CompanyProfile& company,
              const CreditPlan& plan, NextNumber next, Date issued_on) {
    Frozen frozen;
    frozen.document = document_of(invoice.document, plan, issued_on);
    frozen.series_id = next.series_id;
    frozen.series_period = std::move(next.period);
    frozen.sequence = next.sequence;
    frozen.number = std::move(next.number);
    frozen.seller = company.party;
    frozen.buyer = invoice.buyer;
    frozen.taxes = plan.taxes;
    frozen.totals = plan.totals;
    frozen.preceding = {{invoice_id.value, invoice.number, invoice.document.issued_on,
                         invoice.totals.total, invoice.taxes}};
    frozen.calculation = invoice.calculation;
    frozen.origin = "issued";
    return frozen;
}

Allocation allocation_of(const CreditInvoice& command, Amount amount, Date on) {
    return {.id = command.allocation_id,
            .invoice_id = command.invoice_id,
            .amount = amount,
            .paid_amount = amount,
            .on = on};
}

} // namespace

Decision decide(const Books& books, const CreditInvoice& command, const Circumstances& now) {
    CHECK(!books.find(ref(command.credit_note_id)), "the id of a new credit note is new");
    const InvoiceState* state = TRY(creditable(books, command));
    const Frozen& invoice = state->content;
    const CompanyProfile& company = company_of(books, now).profile;
    const Date issued_on = command.issued_on.value_or(now.today);
    const SeriesId series = TRY(choose_series(books, {}, DocumentKind::credit_note));
    if (auto refusal = issue_date_refused(books, series, issued_on, now.today))
        return std::unexpected(*std::move(refusal));
    TRY(not_before_invoice(invoice.document, issued_on));
    TRY(law_is_content(company, issued_on));
    TRY(is_in_base_currency(company, invoice.document));
    CreditPlan plan =
        TRY(plan_credit(invoice, credited_so_far(books, command.invoice_id), command));
    NextNumber next = TRY(next_number(books, series, issued_on, company_of(books, now).mode));

    const EntityRef note = ref(command.credit_note_id);
    Frozen frozen = freeze(invoice, command.invoice_id, company, plan, std::move(next), issued_on);
    std::vector<CreditedInvoice> credits{
        {command.invoice_id, invoice.number, invoice.document.issued_on, std::move(plan.credited)}};
    std::vector<NewEvent> events{
        {note,
         CreditNoteIssued{std::move(frozen), std::move(credits), command.kind, true},
         issued_on,
         {}}};
    const Amount at_once = std::min(due_now(books, command.invoice_id), plan.totals.total);
    if (at_once > Amount{})
        events.push_back(
            {note, CreditAllocated{allocation_of(command, at_once, issued_on)}, issued_on, {}});
    return events;
}

} // namespace daybook::domain
