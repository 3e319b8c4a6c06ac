#include "engine/domain/invoice.h"

#include "engine/domain/calculation.h"
#include "engine/domain/country_profile.h"
#include "engine/domain/documents.h"
#include "engine/domain/numbering.h"
#include "engine/domain/outcome.h"
#include "events/base/check.h"
#include "events/base/reflect.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::domain {
namespace {

constexpr std::size_t kTagsMax = 100;

std::expected<const InvoiceState*, Refusal> draft_of(const Books& books, InvoiceId id) {
    const InvoiceState* invoice = books.invoice(id);
    if (!invoice)
        return refuse(Code::not_found, to_text(id));
    if (invoice->stage != InvoiceStage::draft)
        return refuse(Code::invoice_not_draft, enum_name(invoice->stage));
    return invoice;
}

// ---- the guards of issuing, in the order of domain.md 3 ----------------------------------------
Allowed has_something_to_issue(const Document& document) {
    const auto is_item = [](const Line& line) { return line.kind == LineKind::item; };
    if (std::ranges::none_of(document.lines, is_item))
        return refuse(Code::nothing_to_issue, {}, {{"/lines", Code::nothing_to_issue, {}}});
    return {};
}

Allowed total_is_not_negative(const Totals& totals, const Currency& currency) {
    if (totals.total >= Amount{})
        return {};
    const std::string total = to_text(totals.total, currency.likely_digits());
    return refuse(Code::negative_total, total, {{"/lines", Code::negative_total, total}});
}

std::expected<const ClientState*, Refusal> client_to_bill(const Books& books,
                                                          const Document& document) {
    if (!document.client_id)
        return refuse(Code::client_required, {}, {{"/client_id", Code::client_required, {}}});
    const ClientState* client = books.client(*document.client_id);
    if (!client) // A draft can outlive its client when the client's creation goes back.
        return refuse(Code::client_required, "the client is gone",
                      {{"/client_id", Code::client_required, to_text(*document.client_id)}});
    if (client->archived)
        return refuse(Code::client_archived, client->profile.party.name,
                      {{"/client_id", Code::client_archived, {}}});
    return client;
}

Allowed due_is_not_before(const Document& document) {
    if (*document.due_on >= *document.issued_on)
        return {};
    return refuse(Code::due_before_issue, {},
                  {{"/due_on", Code::due_before_issue,
                    fmt::format("{} is before {}", to_text(*document.due_on),
                                to_text(*document.issued_on))}});
}

Allowed law_is_content(const CompanyProfile& company, const Party& buyer,
                       const Document& document) {
    Faults missing = missing_legal_data(company, buyer, document, *document.issued_on);
    if (missing.empty())
        return {};
    return refuse(Code::missing_legal_data, {}, std::move(missing));
}

void fix_dates(const IssueInvoice& command, Date today, Document& document) {
    document.issued_on = command.issued_on.value_or(document.issued_on.value_or(today));
    if (!document.due_on)
        document.due_on = due_by_terms(document.terms, *document.issued_on);
}

} // namespace

Decision decide(const Books& books, const DraftInvoice& command, const Circumstances& now) {
    CHECK(!books.find(ref(command.id)), "the id of a new invoice is new");
    Document document = TRY(build_document(books, command.input, now));
    return happens(ref(command.id), InvoiceDrafted{std::move(document), command.duplicated_from,
                                                   command.private_notes});
}

Decision decide(const Books& books, const ChangeInvoice& command, const Circumstances& now) {
    const InvoiceState* draft = TRY(draft_of(books, command.id));
    Document document = TRY(build_document(books, command.input, now));
    if (document == draft->content.document && command.private_notes == draft->private_notes)
        return nothing_happens();
    return happens(ref(command.id), InvoiceChanged{std::move(document), command.private_notes});
}

Decision decide(const Books& books, const VoidInvoice& command, const Circumstances&) {
    TRY(draft_of(books, command.id));
    return happens(ref(command.id), InvoiceVoided{command.reason});
}

Decision decide(const Books& books, const IssueInvoice& command, const Circumstances& now) {
    const InvoiceState* draft = TRY(draft_of(books, command.id));
    const CompanyProfile& company = company_of(books, now).profile;
    Frozen frozen;
    frozen.document = draft->content.document;
    Document& document = frozen.document;
    fix_dates(command, now.today, document);
    Calculated calculated = TRY(calculate(document, frozen.calculation.tax_rounding));

    TRY(has_something_to_issue(document));
    TRY(total_is_not_negative(calculated.totals, document.currency));
    const ClientState* client = TRY(client_to_bill(books, document));
    const SeriesId series = TRY(choose_series(books, command.series_id, document.kind));
    if (auto refusal = issue_date_refused(books, series, *document.issued_on, now.today))
        return std::unexpected(*std::move(refusal));
    TRY(due_is_not_before(document));
    TRY(law_is_content(company, client->profile.party, document));
    TRY(is_in_base_currency(company, document));
    NextNumber next =
        TRY(next_number(books, series, *document.issued_on, company_of(books, now).mode));

    document.lines = std::move(calculated.lines);
    frozen.taxes = std::move(calculated.taxes);
    frozen.totals = calculated.totals;
    frozen.series_id = next.series_id;
    frozen.series_period = std::move(next.period);
    frozen.sequence = next.sequence;
    frozen.number = std::move(next.number);
    frozen.seller = company.party;
    frozen.buyer = client->profile.party;
    frozen.legal_texts = legal_texts(company, client->profile.party, document, *document.issued_on);
    frozen.origin = "issued";
    const Date issued_on = *document.issued_on;
    return happens(ref(command.id), InvoiceIssued{std::move(frozen)}, issued_on);
}

Decision decide(const Books& books, const AnnotateInvoice& command, const Circumstances&) {
    const InvoiceState* invoice = books.invoice(command.id);
    if (!invoice)
        return refuse(Code::not_found, to_text(command.id));
    Faults faults;
    if (command.tags.size() > kTagsMax)
        faults.push_back({"/tags", Code::out_of_range, fmt::format("at most {} tags", kTagsMax)});
    for (std::size_t i = 0; i < command.tags.size(); ++i)
        if (text_length(command.tags[i]) > kNameLengthMax)
            faults.push_back({fmt::format("/tags/{}", i), Code::text_too_long,
                              fmt::format("at most {} characters", kNameLengthMax)});
    if (!faults.empty())
        return refuse_for(std::move(faults));
    if (invoice->private_notes == command.private_note && invoice->tags == command.tags)
        return nothing_happens();
    return happens(ref(command.id), InvoiceAnnotated{command.private_note, command.tags});
}

} // namespace daybook::domain
