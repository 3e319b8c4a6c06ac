#include "tests/support/builders.h"

namespace daybook::tests {

Uuid uuid(std::uint32_t n) {
    Uuid id;
    id.bytes[6] = 0x70;
    id.bytes[8] = 0x80;
    for (std::size_t i = 0; i < 4; ++i)
        id.bytes[15 - i] = static_cast<std::uint8_t>(n >> (8 * i));
    return id;
}

Date date(std::string_view text) {
    const auto parsed = parse_date(text);
    CHECK(parsed.has_value(), "a test writes a date as 2026-03-31");
    return *parsed;
}

Decimal decimal(std::string_view text) {
    const auto parsed = parse_decimal(text);
    CHECK(parsed.has_value(), "a test writes a decimal as 19.99");
    return *parsed;
}

Amount amount(std::string_view text, int digits) {
    const auto parsed = parse_amount(text, digits);
    CHECK(parsed.has_value(), "a test writes an amount as 19.99");
    return *parsed;
}

Address address_in(std::string_view city, std::string_view country) {
    return {.lines = {"1 rue de la Paix"},
            .postal_code = "75002",
            .city = std::string(city),
            .country = std::string(country)};
}

CompanyProfile french_company() {
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

ClientProfile business(std::string_view name) {
    ClientProfile profile;
    profile.party.name = std::string(name);
    profile.party.address = address_in("Lyon");
    return profile;
}

domain::NewEvent happened(EntityKind kind, Uuid thing, Event event) {
    return {{kind, thing}, std::move(event), {}, {}};
}

domain::NewEvent created(CompanyId company, CompanyProfile profile) {
    return happened(EntityKind::company, company.value, CompanyCreated{std::move(profile)});
}

domain::NewEvent defined(SeriesId series, DocumentKind kind, std::string pattern) {
    return happened(EntityKind::series, series.value,
                    SeriesDefined{{.document_kind = kind, .pattern = std::move(pattern)}});
}

domain::NewEvent created(ClientId client, ClientProfile profile) {
    return happened(EntityKind::client, client.value, ClientCreated{std::move(profile)});
}

domain::NewEvent locked_through(Date through, std::uint32_t lock) {
    return happened(EntityKind::period, uuid(lock), PeriodLocked{through, {}});
}

History open_books(CompanyProfile profile) {
    return {created(kCompany, std::move(profile)),
            defined(kInvoiceSeries, DocumentKind::invoice, "FA-{yyyy}-{n:6}"),
            defined(kCreditNoteSeries, DocumentKind::credit_note, "AV-{yyyy}-{n:6}"),
            created(kClient, business("Dupont SA")), created(kOtherClient, business("Martin SA"))};
}

Tax vat(std::string_view rate) {
    Tax tax{.scheme = "VAT", .category = TaxCategory::S, .rate = decimal(rate), .name = "TVA"};
    if (tax.rate == Decimal{})
        tax.category = TaxCategory::Z;
    return tax;
}

Line line(std::string_view quantity, std::string_view unit_price, std::vector<Tax> taxes) {
    Line made;
    made.description = "Article";
    made.quantity = decimal(quantity);
    made.unit_price = decimal(unit_price);
    made.taxes = std::move(taxes);
    return made;
}

Line line(std::string_view quantity, std::string_view unit_price, std::string_view vat_rate) {
    return line(quantity, unit_price, std::vector{vat(vat_rate)});
}

Document document_of(std::vector<Line> lines, std::uint32_t first_line_id) {
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

domain::DocumentInput input_of(Document document) {
    domain::DocumentInput input;
    input.line_discounts.resize(document.lines.size());
    input.document = std::move(document);
    return input;
}

std::vector<Line> french_walk() { return {line("1", "1000", "20"), line("1", "50", "5.5")}; }

InvoiceId invoice_id(std::uint32_t n) { return id<InvoiceId>(1000 + n); }

domain::DraftInvoice draft(std::uint32_t n, std::vector<Line> lines) {
    return {invoice_id(n), input_of(document_of(std::move(lines), 100'000 + 3'000 * n)), {}, {}};
}

domain::IssueInvoice issue(std::uint32_t n, std::optional<Date> on) {
    return {invoice_id(n), on, {}};
}

LineItemId line_id(std::uint32_t invoice, std::uint32_t line_from_0) {
    return id<LineItemId>(100'000 + 3'000 * invoice + line_from_0);
}

} // namespace daybook::tests
