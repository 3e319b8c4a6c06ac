// Parties, addresses, identifiers, taxes and terms: read from requests, shown in answers.
// Reading and showing are inverse to each other, so a PATCH can merge into what was shown.
#pragma once

#include "api/json/input.h"
#include "api/schema.h"
#include "events/trade_events.h"

namespace daybook::api {

// {line1, line2, postal_code, city, region, country, country_text}
Address read_address(Input& input);
Json show_address(const Address& address);
Schema address_schema();

// {siren, siret, vat_number, register, electronic_address:{scheme,id}, bank:{iban,bic}}
void read_identifiers(Input& input, Party& party);
Json show_identifiers(const Party& party);
Schema identifiers_schema();

// [{scheme, number}]
std::vector<TaxRegistration> read_tax_registrations(Input& input, std::string_view name);
Json show_tax_registrations(const std::vector<TaxRegistration>& registrations);
Schema tax_registrations_schema();

// {scheme, category, rate, name?, exemption?:{code,text}}
Tax read_tax(Input& input);
std::vector<Tax> read_taxes(Input& input, std::string_view name);
Json show_tax(const Tax& tax);
Json show_taxes(const std::vector<Tax>& taxes);
Schema tax_schema();

// {days, end_of_month?, early_discount?, penalty_rate?, recovery_fee?, text?}
PaymentTerms read_terms(Input& input);
Json show_terms(const PaymentTerms& terms);
Schema terms_schema();

// [{name, value}]
std::vector<CustomField> read_custom(Input& input, std::string_view name);
Json show_custom(const std::vector<CustomField>& custom);
Schema custom_schema();

// The whole party as it stands on a document.
Json show_party(const Party& party);
Schema party_schema();

// "" is shown as null.
Json text_or_null(const std::string& text);
Json date_or_null(const std::optional<Date>& date);
Schema text_or_null_schema();
Schema date_or_null_schema();

} // namespace daybook::api
