#include "api/json/party_json.h"

#include "events/base/reflect.h"
#include "events/codec/limits.h"

namespace daybook::api {
namespace {

using namespace schema;

constexpr std::int64_t kTermsDaysMax = 3'650;

std::string line_at(const Address& address, std::size_t i) {
    return i < address.lines.size() ? address.lines[i] : std::string();
}

} // namespace

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }
Json date_or_null(const std::optional<Date>& date) {
    return date ? Json(to_text(*date)) : Json(nullptr);
}
Schema text_or_null_schema() { return nullable(text()); }
Schema date_or_null_schema() { return nullable(date()); }

// ---- addresses
// ------------------------------------------------------------------------------------

Address read_address(Input& input) {
    Address address;
    const std::string line1 = input.text("line1");
    const std::string line2 = input.text("line2");
    if (!line1.empty() || !line2.empty())
        address.lines.push_back(line1);
    if (!line2.empty())
        address.lines.push_back(line2);
    address.postal_code = input.text("postal_code", Need::optional, 20);
    address.city = input.text("city", Need::optional, 200);
    address.region = input.text("region", Need::optional, 200);
    address.country = input.text("country", Need::optional, 2);
    address.country_text = input.text("country_text", Need::optional, 200);
    return address;
}

Json show_address(const Address& address) {
    Json json;
    json.set("line1", text_or_null(line_at(address, 0)));
    json.set("line2", text_or_null(line_at(address, 1)));
    json.set("postal_code", text_or_null(address.postal_code));
    json.set("city", text_or_null(address.city));
    json.set("region", text_or_null(address.region));
    json.set("country", text_or_null(address.country));
    json.set("country_text", text_or_null(address.country_text));
    return json;
}

Schema address_schema() {
    const Schema value = text_or_null_schema();
    return named("Address", object({optional("line1", value), optional("line2", value),
                                    optional("postal_code", value), optional("city", value),
                                    optional("region", value), optional("country", value),
                                    optional("country_text", value)}));
}

// ---- identifiers
// ----------------------------------------------------------------------------------

void read_identifiers(Input& input, Party& party) {
    party.siren = input.text("siren", Need::optional, 20);
    party.siret = input.text("siret", Need::optional, 20);
    party.vat_number = input.text("vat_number", Need::optional, 30);
    party.register_entry = input.text("register", Need::optional, 200);
    input.object("electronic_address", Need::optional, [&](Input& child) {
        party.electronic_address = ElectronicAddress{child.text("scheme", Need::required, 10),
                                                     child.text("id", Need::required, 200)};
    });
    input.object("bank", Need::optional, [&](Input& child) {
        party.bank = BankAccount{child.text("iban", Need::required, 42),
                                 child.text("bic", Need::optional, 11)};
    });
}

Json show_identifiers(const Party& party) {
    Json json;
    json.set("siren", text_or_null(party.siren));
    json.set("siret", text_or_null(party.siret));
    json.set("vat_number", text_or_null(party.vat_number));
    json.set("register", text_or_null(party.register_entry));
    Json electronic, bank;
    if (party.electronic_address) {
        electronic.set("scheme", party.electronic_address->scheme);
        electronic.set("id", party.electronic_address->id);
    }
    if (party.bank) {
        bank.set("iban", party.bank->iban);
        bank.set("bic", text_or_null(party.bank->bic));
    }
    json.set("electronic_address", std::move(electronic));
    json.set("bank", std::move(bank));
    return json;
}

Schema identifiers_schema() {
    const Schema value = text_or_null_schema();
    return named(
        "Identifiers",
        object(
            {optional("siren", value), optional("siret", value), optional("vat_number", value),
             optional("register", value),
             optional("electronic_address", nullable(object({{"scheme", text()}, {"id", text()}}))),
             optional("bank", nullable(object({{"iban", text()}, optional("bic", value)})))}));
}

std::vector<TaxRegistration> read_tax_registrations(Input& input, std::string_view name) {
    std::vector<TaxRegistration> registrations;
    input.objects(name, Need::optional, 20, [&](Input& child, std::size_t) {
        registrations.push_back(
            {child.text("scheme", Need::required, 20), child.text("number", Need::required, 50)});
    });
    return registrations;
}

Json show_tax_registrations(const std::vector<TaxRegistration>& registrations) {
    JsonArray items;
    for (const TaxRegistration& registration : registrations) {
        Json item;
        item.set("scheme", registration.scheme);
        item.set("number", registration.number);
        items.push_back(std::move(item));
    }
    return items;
}

Schema tax_registrations_schema() {
    return array(object({{"scheme", text()}, {"number", text()}}));
}

// ---- taxes
// ----------------------------------------------------------------------------------------

Tax read_tax(Input& input) {
    Tax tax;
    tax.scheme = input.text("scheme", Need::required, 20);
    tax.category =
        input.choice<TaxCategory>("category", Need::required).value_or(TaxCategory::unspecified);
    tax.rate = input.decimal("rate", Need::required, 4).value_or(Decimal{});
    tax.name = input.text("name", Need::optional, 100);
    input.object("exemption", Need::optional, [&](Input& child) {
        tax.exemption = Exemption{child.text("code", Need::required, 50), child.text("text")};
    });
    return tax;
}

std::vector<Tax> read_taxes(Input& input, std::string_view name) {
    std::vector<Tax> taxes;
    input.objects(name, Need::optional, kTaxesPerLineMax,
                  [&](Input& child, std::size_t) { taxes.push_back(read_tax(child)); });
    return taxes;
}

Json show_tax(const Tax& tax) {
    Json json;
    json.set("scheme", tax.scheme);
    json.set("category", enum_name(tax.category));
    json.set("rate", to_text(tax.rate));
    json.set("name", text_or_null(tax.name));
    if (tax.exemption) {
        Json exemption;
        exemption.set("code", tax.exemption->code);
        exemption.set("text", text_or_null(tax.exemption->text));
        json.set("exemption", std::move(exemption));
    }
    return json;
}

Json show_taxes(const std::vector<Tax>& taxes) {
    JsonArray items;
    for (const Tax& tax : taxes)
        items.push_back(show_tax(tax));
    return items;
}

Schema tax_schema() {
    return named("Tax",
                 object({{"scheme", text()},
                         {"category", text_of({"unspecified", "S", "Z", "E", "AE", "K", "G", "O"})},
                         {"rate", decimal()},
                         optional("name", text_or_null_schema()),
                         optional("exemption",
                                  nullable(object({{"code", text()},
                                                   optional("text", text_or_null_schema())})))}));
}

// ---- terms
// ----------------------------------------------------------------------------------------

PaymentTerms read_terms(Input& input) {
    PaymentTerms terms;
    terms.days = static_cast<std::uint32_t>(
        input.integer("days", 0, kTermsDaysMax, Need::required).value_or(0));
    terms.end_of_month = input.boolean("end_of_month").value_or(false);
    terms.early_discount = input.text("early_discount");
    terms.penalty_rate = input.text("penalty_rate");
    terms.recovery_fee = input.text("recovery_fee");
    terms.text = input.text("text", Need::optional, 2'000);
    return terms;
}

Json show_terms(const PaymentTerms& terms) {
    Json json;
    json.set("days", terms.days);
    json.set("end_of_month", terms.end_of_month);
    json.set("early_discount", text_or_null(terms.early_discount));
    json.set("penalty_rate", text_or_null(terms.penalty_rate));
    json.set("recovery_fee", text_or_null(terms.recovery_fee));
    json.set("text", text_or_null(terms.text));
    return json;
}

Schema terms_schema() {
    const Schema value = text_or_null_schema();
    return named("PaymentTerms", object({{"days", integer()},
                                         optional("end_of_month", boolean()),
                                         optional("early_discount", value),
                                         optional("penalty_rate", value),
                                         optional("recovery_fee", value),
                                         optional("text", value)}));
}

// ---- custom fields and whole parties
// --------------------------------------------------------------

std::vector<CustomField> read_custom(Input& input, std::string_view name) {
    std::vector<CustomField> custom;
    input.objects(name, Need::optional, 50, [&](Input& child, std::size_t) {
        custom.push_back(
            {child.text("name", Need::required, 100), child.text("value", Need::optional, 2'000)});
    });
    return custom;
}

Json show_custom(const std::vector<CustomField>& custom) {
    JsonArray items;
    for (const CustomField& field : custom) {
        Json item;
        item.set("name", field.name);
        item.set("value", field.value);
        items.push_back(std::move(item));
    }
    return items;
}

Schema custom_schema() { return array(object({{"name", text()}, optional("value", text())})); }

Json show_party(const Party& party) {
    Json json;
    json.set("kind", party.kind == PartyKind::public_body ? "public" : enum_name(party.kind));
    json.set("code", text_or_null(party.code));
    json.set("name", party.name);
    json.set("trade_name", text_or_null(party.trade_name));
    json.set("legal_form", text_or_null(party.legal_form));
    json.set("capital", text_or_null(party.capital));
    json.set("address", show_address(party.address));
    json.set("identifiers", show_identifiers(party));
    json.set("tax_registrations", show_tax_registrations(party.tax_registrations));
    return json;
}

Schema party_schema() {
    const Schema value = text_or_null_schema();
    return named("Party", object({{"kind", text_of({"business", "consumer", "public"})},
                                  {"code", value},
                                  {"name", text()},
                                  {"trade_name", value},
                                  {"legal_form", value},
                                  {"capital", value},
                                  {"address", address_schema()},
                                  {"identifiers", identifiers_schema()},
                                  {"tax_registrations", tax_registrations_schema()}}));
}

} // namespace daybook::api
