#include "engine/domain/profile_rules.h"

#include "engine/domain/countries.h"
#include "engine/domain/documents.h"
#include "engine/domain/iban.h"
#include "engine/domain/identifiers_fr.h"
#include "events/codec/limits.h"

#include <algorithm>

namespace daybook::domain {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

void check_identifier(IdentifierFlaw flaw, std::string_view number, const std::string& name,
                      Faults& faults) {
    const auto add = [&](Code code, std::string_view why) {
        faults.push_back(
            {"/identifiers/" + name, code, std::string(number) + " " + std::string(why)});
    };
    const bool vat = name == "vat_number";
    switch (flaw) {
    case IdentifierFlaw::none:
        return;
    case IdentifierFlaw::form:
        return add(Code::invalid_input, vat ? "is not FR, a key of two and nine digits"
                                        : name == "siret" ? "is not fourteen digits"
                                                          : "is not nine digits");
    case IdentifierFlaw::checksum:
        return add(vat ? Code::invalid_input : Code::siren_checksum,
                   vat ? "has a key that does not fit its digits" : "has a wrong digit");
    case IdentifierFlaw::not_same_business:
        return add(Code::invalid_input, "does not contain the SIREN");
    }
}

bool looks_french(std::string_view vat_number) {
    return vat_number.size() >= 2 && (vat_number[0] | 0x20) == 'f' && (vat_number[1] | 0x20) == 'r';
}

void check_identifiers(const Party& party, Faults& faults) {
    if (!party.siren.empty())
        check_identifier(siren_flaw(party.siren), party.siren, "siren", faults);
    if (!party.siret.empty())
        check_identifier(siret_flaw(party.siret, party.siren), party.siret, "siret", faults);
    if (looks_french(party.vat_number))
        check_identifier(vat_number_flaw_fr(party.vat_number, party.siren), party.vat_number,
                         "vat_number", faults);
}

} // namespace

void check_required(std::string_view text, std::string pointer, Faults& faults) {
    if (blank(text))
        faults.push_back({std::move(pointer), Code::missing_member, {}});
}

void check_length(std::string_view text, std::size_t length_max, std::string pointer,
                  Faults& faults) {
    if (text_length(text) > length_max)
        faults.push_back({std::move(pointer), Code::text_too_long,
                          "at most " + std::to_string(length_max) + " characters"});
}

void check_name(std::string_view name, std::string pointer, Faults& faults) {
    check_required(name, pointer, faults);
    check_length(name, kNameLengthMax, std::move(pointer), faults);
}

void check_party(const Party& party, Faults& faults) {
    check_name(party.name, "/name", faults);
    check_length(party.code, kNameLengthMax, "/code", faults);
    check_identifiers(party, faults);
    if (party.bank)
        check_iban(party.bank->iban, "/identifiers/bank/iban", faults);
    if (!party.address.country.empty())
        check_country(party.address.country, "/address/country", faults);
}

void check_country(std::string_view country, std::string pointer, Faults& faults) {
    if (!is_country(country))
        faults.push_back({std::move(pointer), Code::unknown_country,
                          "\"" + std::string(country) + "\" is not a code of ISO 3166-1 alpha-2"});
}

void check_currency(const Currency& currency, std::string pointer, Faults& faults) {
    if (!currency.digits())
        faults.push_back({std::move(pointer), Code::unknown_currency,
                          "\"" + currency.code + "\" is not a code of ISO 4217"});
}

void check_language(std::string_view language, std::string pointer, Faults& faults) {
    const std::string_view first = language.substr(0, language.find('-'));
    bool sound = first.size() >= 2 && first.size() <= 3 && std::ranges::all_of(first, is_letter);
    std::string_view rest = language.substr(first.size());
    while (sound && !rest.empty()) {
        rest.remove_prefix(1);
        const std::string_view part = rest.substr(0, rest.find('-'));
        sound = !part.empty() && part.size() <= 8
                && std::ranges::all_of(part, [](char c) { return is_letter(c) || is_digit(c); });
        rest.remove_prefix(part.size());
    }
    if (!sound)
        faults.push_back({std::move(pointer), Code::unknown_value,
                          "\"" + std::string(language) + "\" is not a language tag such as fr-FR"});
}

void check_iban(std::string_view iban, std::string pointer, Faults& faults) {
    if (!is_iban(iban))
        faults.push_back({std::move(pointer), Code::invalid_input,
                          std::string(iban) + " is no IBAN: a digit of it is wrong, or missing"});
}

void check_terms(const PaymentTerms& terms, const std::string& pointer, Faults& faults) {
    if (terms.days > kTermsDaysMax)
        faults.push_back({pointer + "/days", Code::out_of_range,
                          "at most " + std::to_string(kTermsDaysMax) + " days"});
}

void check_tax(const Tax& tax, const std::string& pointer, Faults& faults) {
    check_required(tax.scheme, pointer + "/scheme", faults);
    if (tax.category == TaxCategory::unspecified)
        faults.push_back({pointer + "/category", Code::missing_member, {}});
    if (tax.rate < Decimal{} || tax.rate > Decimal{100 * kMicro})
        faults.push_back({pointer + "/rate", Code::out_of_range, "a rate lies between 0 and 100"});
    if (!tax.compound_on.empty())
        faults.push_back({pointer + "/compound_on", Code::not_supported_yet, {}});
}

void check_taxes(const std::vector<Tax>& taxes, const std::string& pointer, Faults& faults) {
    if (taxes.size() > kTaxesPerLineMax)
        faults.push_back({pointer, Code::too_many_taxes,
                          "at most " + std::to_string(kTaxesPerLineMax) + " taxes"});
    for (std::size_t i = 0; i < taxes.size(); ++i)
        check_tax(taxes[i], pointer + "/" + std::to_string(i), faults);
}

} // namespace daybook::domain
