// Words that tests of the domain are written in: ids, dates, amounts, a French company with its
// two series, clients, lines. Everything is valid unless a test spoils it.
#pragma once

#include "engine/domain/decide.h"
#include "events/base/check.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::tests {

// The n-th id: distinct for distinct n, rising with n, the same in every run.
inline Uuid uuid(std::uint32_t n) {
    Uuid id;
    id.bytes[6] = 0x70;
    id.bytes[8] = 0x80;
    for (std::size_t i = 0; i < 4; ++i)
        id.bytes[15 - i] = static_cast<std::uint8_t>(n >> (8 * i));
    return id;
}
template <class Id>
Id id(std::uint32_t n) {
    return Id{uuid(n)};
}

inline Date date(std::string_view text) {
    const auto parsed = parse_date(text);
    CHECK(parsed.has_value(), "a test writes a date as 2026-03-31");
    return *parsed;
}
inline Decimal decimal(std::string_view text) {
    const auto parsed = parse_decimal(text);
    CHECK(parsed.has_value(), "a test writes a decimal as 19.99");
    return *parsed;
}
inline Amount amount(std::string_view text, int digits = 2) {
    const auto parsed = parse_amount(text, digits);
    CHECK(parsed.has_value(), "a test writes an amount as 19.99");
    return *parsed;
}

// ---- the company every story starts with -----------------------------------------------------
inline const CompanyId kCompany = id<CompanyId>(1);
inline const SeriesId kInvoiceSeries = id<SeriesId>(2);
inline const SeriesId kCreditNoteSeries = id<SeriesId>(3);
inline const ClientId kClient = id<ClientId>(4);      // A business in euros.
inline const ClientId kOtherClient = id<ClientId>(5); // Another one.
inline const Date kToday = date("2026-03-31");

inline Address address_in(std::string_view city, std::string_view country = "FR") {
    return {.lines = {"1 rue de la Paix"},
            .postal_code = "75002",
            .city = std::string(city),
            .country = std::string(country)};
}

inline CompanyProfile french_company() {
    CompanyProfile profile;
    profile.party.name = "Atelier Lumière SARL";
    profile.party.legal_form = "SARL";
    profile.party.siren = "404833048"; // Passes Luhn's check.
    profile.party.vat_number = "FR83404833048";
    profile.party.address = address_in("Paris");
    profile.country = "FR";
    profile.base_currency = {"EUR"};
    profile.locale = "fr-FR";
    profile.time_zone = "Europe/Paris";
    profile.year_end = "12-31";
    profile.default_terms.days = 30;
    profile.country_profile = "FR";
    return profile;
}

inline ClientProfile business(std::string_view name) {
    ClientProfile profile;
    profile.party.name = std::string(name);
    profile.party.address = address_in("Lyon");
    return profile;
}

// ---- events that happened --------------------------------------------------------------------
using History = std::vector<domain::NewEvent>;

inline domain::NewEvent happened(EntityKind kind, Uuid thing, Event event) {
    return {{kind, thing}, std::move(event), {}, {}};
}
inline domain::NewEvent created(CompanyId company, CompanyProfile profile) {
    return happened(EntityKind::company, company.value, CompanyCreated{std::move(profile)});
}
inline domain::NewEvent defined(SeriesId series, DocumentKind kind, std::string pattern) {
    return happened(EntityKind::series, series.value,
                    SeriesDefined{{.document_kind = kind, .pattern = std::move(pattern)}});
}
inline domain::NewEvent created(ClientId client, ClientProfile profile) {
    return happened(EntityKind::client, client.value, ClientCreated{std::move(profile)});
}
inline domain::NewEvent locked_through(Date through, std::uint32_t lock = 900) {
    return happened(EntityKind::period, uuid(lock), PeriodLocked{through, {}});
}

// A French company with its two series and two clients.
inline History open_books(CompanyProfile profile = french_company()) {
    return {created(kCompany, std::move(profile)),
            defined(kInvoiceSeries, DocumentKind::invoice, "FA-{yyyy}-{n:6}"),
            defined(kCreditNoteSeries, DocumentKind::credit_note, "AV-{yyyy}-{n:6}"),
            created(kClient, business("Dupont SA")), created(kOtherClient, business("Martin SA"))};
}

// ---- documents -------------------------------------------------------------------------------
inline Tax vat(std::string_view rate) {
    Tax tax{.scheme = "VAT", .category = TaxCategory::S, .rate = decimal(rate), .name = "TVA"};
    if (tax.rate == Decimal{})
        tax.category = TaxCategory::Z;
    return tax;
}
inline Line line(std::string_view quantity, std::string_view unit_price, std::vector<Tax> taxes) {
    Line made;
    made.description = "Article";
    made.quantity = decimal(quantity);
    made.unit_price = decimal(unit_price);
    made.taxes = std::move(taxes);
    return made;
}
inline Line line(std::string_view quantity, std::string_view unit_price,
                 std::string_view vat_rate = "20") {
    return line(quantity, unit_price, std::vector{vat(vat_rate)});
}

// A document in euros for kClient; lines get ids from `first_line_id` on and positions from 1.
inline Document document_of(std::vector<Line> lines, std::uint32_t first_line_id = 10'000) {
    Document document;
    document.client_id = kClient;
    document.currency = {"EUR"};
    document.language = "fr";
    document.lines = std::move(lines);
    for (std::size_t i = 0; i < document.lines.size(); ++i) {
        document.lines[i].id = id<LineItemId>(first_line_id + static_cast<std::uint32_t>(i));
        document.lines[i].position = static_cast<std::uint32_t>(i) + 1;
    }
    return document;
}
inline domain::DocumentInput input_of(Document document) {
    domain::DocumentInput input;
    input.line_discounts.resize(document.lines.size());
    input.document = std::move(document);
    return input;
}

// The walk of domain.md: 1000.00 at 20 % and 50.00 at 5.5 %, 1252.75 with tax.
inline std::vector<Line> french_walk() { return {line("1", "1000", "20"), line("1", "50", "5.5")}; }
// 1000 + n names the n-th invoice of a story; its lines have ids of their own.
inline InvoiceId invoice_id(std::uint32_t n = 1) { return id<InvoiceId>(1000 + n); }
inline domain::DraftInvoice draft(std::uint32_t n = 1, std::vector<Line> lines = french_walk()) {
    return {invoice_id(n), input_of(document_of(std::move(lines), 100'000 + 3'000 * n)), {}, {}};
}
inline domain::IssueInvoice issue(std::uint32_t n = 1, std::optional<Date> on = {}) {
    return {invoice_id(n), on, {}};
}
inline LineItemId line_id(std::uint32_t invoice, std::uint32_t line_from_0) {
    return id<LineItemId>(100'000 + 3'000 * invoice + line_from_0);
}

} // namespace daybook::tests
