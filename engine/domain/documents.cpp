#include "engine/domain/documents.h"

#include "engine/domain/amounts.h"
#include "engine/domain/calculation.h"
#include "engine/domain/outcome.h"
#include "engine/domain/profile_rules.h"
#include "events/base/reflect.h"
#include "events/codec/limits.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace daybook::domain {
namespace {

// ---- who it is for, and what follows from that -------------------------------------------------
void check_client(const Books& books, const Document& document, Faults& faults) {
    if (!document.client_id)
        return; // A draft may wait for its client; issuing asks for one.
    const ClientState* client = books.client(*document.client_id);
    if (!client)
        faults.push_back({"/client_id", Code::not_found, to_text(*document.client_id)});
    else if (client->archived)
        faults.push_back({"/client_id", Code::client_archived, client->profile.party.name});
}

void fill_in_defaults(const CompanyProfile& company, const ClientProfile* client, bool terms_given,
                      Document& document) {
    if (document.currency.code.empty() && client)
        document.currency = client->currency;
    if (document.currency.code.empty())
        document.currency = company.base_currency;
    if (document.language.empty() && client)
        document.language = client->language;
    if (document.language.empty())
        document.language = company.locale;
    if (!terms_given)
        document.terms = client && client->has_terms ? client->terms : company.default_terms;
    if (document.vat_due == VatDue::unspecified)
        document.vat_due = company.vat_due;
}

// ---- what it says ------------------------------------------------------------------------------
void check_later(const Document& document, Faults& faults) {
    if (document.kind != DocumentKind::invoice)
        faults.push_back({"/kind", Code::not_supported_yet, enum_name(document.kind)});
    if (!document.register_id.empty())
        faults.push_back({"/register_id", Code::not_supported_yet, "counter sales"});
}

void check_texts(const Document& document, Faults& faults) {
    check_length(document.notes, kTextLengthMax, "/notes", faults);
    check_length(document.buyer_reference, kNameLengthMax, "/reference", faults);
    check_length(document.purchase_order, kNameLengthMax, "/purchase_order", faults);
    check_length(document.contract, kNameLengthMax, "/contract", faults);
    check_length(document.terms.text, kTextLengthMax, "/terms/text", faults);
    check_length(document.terms.early_discount, kTextLengthMax, "/terms/early_discount", faults);
    check_length(document.terms.penalty_rate, kTextLengthMax, "/terms/penalty_rate", faults);
    check_length(document.terms.recovery_fee, kTextLengthMax, "/terms/recovery_fee", faults);
    for (std::size_t i = 0; i < document.custom.size(); ++i) {
        check_length(document.custom[i].name, kNameLengthMax, fmt::format("/custom/{}/name", i),
                     faults);
        check_length(document.custom[i].value, kTextLengthMax, fmt::format("/custom/{}/value", i),
                     faults);
    }
}

void check_dates(const Document& document, Faults& faults) {
    if (document.period && document.period->to < document.period->from)
        faults.push_back({"/period", Code::invalid_input, "it ends before it begins"});
    if (document.issued_on && document.due_on && *document.due_on < *document.issued_on)
        faults.push_back({"/due_on", Code::due_before_issue, to_text(*document.due_on)});
}

void check_product(const Books& books, const Line& line, const std::string& at, Faults& faults) {
    if (!line.product_id)
        return;
    const ProductState* product = books.product(*line.product_id);
    if (!product)
        faults.push_back({at + "/product_id", Code::not_found, to_text(*line.product_id)});
    else if (product->archived)
        faults.push_back({at + "/product_id", Code::product_archived, product->profile.code});
}

void check_line(const Books& books, const Line& line, const std::string& at, Faults& faults) {
    check_length(line.description, kTextLengthMax, at + "/description", faults);
    check_length(line.code, kNameLengthMax, at + "/code", faults);
    check_length(line.unit, kNameLengthMax, at + "/unit", faults);
    check_length(line.account, kNameLengthMax, at + "/account", faults);
    if (line.period && line.period->to < line.period->from)
        faults.push_back({at + "/period", Code::invalid_input, "it ends before it begins"});
    check_product(books, line, at, faults);
    check_taxes(line.taxes, at + "/taxes", faults);
    for (std::size_t i = 0; i < line.taxes.size(); ++i)
        check_length(line.taxes[i].name, kNameLengthMax, fmt::format("{}/taxes/{}/name", at, i),
                     faults);
}

void check_lines(const Books& books, const Document& document, Faults& faults) {
    if (document.lines.size() > kLinesMax) {
        faults.push_back({"/lines", Code::too_many_lines, fmt::format("at most {}", kLinesMax)});
        return;
    }
    std::set<LineItemId> seen;
    for (std::size_t i = 0; i < document.lines.size(); ++i) {
        const std::string at = fmt::format("/lines/{}", i);
        if (!seen.insert(document.lines[i].id).second)
            faults.push_back({at + "/id", Code::duplicate_line_id, to_text(document.lines[i].id)});
        check_line(books, document.lines[i], at, faults);
    }
}

// ---- discounts, as money -----------------------------------------------------------------------
std::optional<Discount> discount_of(const std::optional<DiscountInput>& input,
                                    const Currency& currency, const std::string& at,
                                    Faults& faults) {
    if (!input)
        return {};
    check_length(input->reason, kNameLengthMax, at + "/reason", faults);
    Discount discount{input->percent, {}, input->reason};
    if (const auto digits = currency.digits(); digits && input->amount) {
        const auto amount = to_amount(*input->amount, *digits, at + "/amount");
        if (amount)
            discount.amount = *amount;
        else
            faults.push_back(amount.error());
    }
    if (input->percent.has_value() == input->amount.has_value())
        faults.push_back({at, Code::invalid_input, "a discount is a percent or an amount"});
    return discount;
}

void write_discounts(const DocumentInput& input, Document& document, Faults& faults) {
    document.discount = discount_of(input.discount, document.currency, "/discount", faults);
    for (std::size_t i = 0; i < document.lines.size(); ++i) {
        const auto given = i < input.line_discounts.size() ? input.line_discounts[i] : std::nullopt;
        document.lines[i].discount =
            discount_of(given, document.currency, fmt::format("/lines/{}/discount", i), faults);
    }
}

} // namespace

std::size_t text_length(std::string_view text) {
    // Continuation bytes of UTF-8 belong to a character that was counted.
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

Date due_by_terms(const PaymentTerms& terms, Date issued_on) {
    const Date due = add_days(issued_on, static_cast<int>(terms.days));
    return terms.end_of_month ? end_of_month(due) : due;
}

Allowed is_in_base_currency(const CompanyProfile& company, const Document& document) {
    if (document.currency == company.base_currency)
        return {};
    return refuse(Code::not_supported_yet, "issuing in a foreign currency",
                  {{"/currency", Code::not_supported_yet, document.currency.code}});
}

std::expected<Document, Refusal> build_document(const Books& books, const DocumentInput& input,
                                                const Circumstances& circumstances) {
    const CompanyProfile& company = company_of(books, circumstances).profile;
    Document document = input.document;
    const ClientState* client = document.client_id ? books.client(*document.client_id) : nullptr;
    fill_in_defaults(company, client ? &client->profile : nullptr, input.terms_given, document);
    Faults faults;
    check_client(books, document, faults);
    check_currency(document.currency, "/currency", faults);
    check_language(document.language, "/language", faults);
    check_terms(document.terms, "/terms", faults);
    check_later(document, faults);
    check_texts(document, faults);
    check_dates(document, faults);
    check_lines(books, document, faults);
    write_discounts(input, document, faults);
    if (!faults.empty())
        return refuse_for(std::move(faults));
    for (std::size_t i = 0; i < document.lines.size(); ++i)
        document.lines[i].position = static_cast<std::uint32_t>(i) + 1;
    Calculated calculated = TRY(calculate(document, TaxRounding::per_rate));
    document.lines = std::move(calculated.lines);
    return document;
}

} // namespace daybook::domain
