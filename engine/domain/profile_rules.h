// What a party, a tax, terms of payment must look like wherever they are written down: in the
// company's own profile, a client's, a product's, the settings. Each rule adds its faults to those
// found already, with pointers into the request's body, and never stops at the first.
#pragma once

#include "engine/domain/outcome.h"

#include <cstddef>

namespace daybook::domain {

inline constexpr std::uint32_t kTermsDaysMax = 3'650; // Ten years: more is a slip of the keyboard.

// Its name, the countries it names, and the French identifiers it claims.
void check_party(const Party& party, Faults& faults);
void check_country(std::string_view country, std::string pointer, Faults& faults);
void check_currency(const Currency& currency, std::string pointer, Faults& faults);
// The form of BCP 47: "fr", "fr-FR".
void check_language(std::string_view language, std::string pointer, Faults& faults);
// ISO 13616, with its check digits.
void check_iban(std::string_view iban, std::string pointer, Faults& faults);
void check_terms(const PaymentTerms& terms, const std::string& pointer, Faults& faults);
// Scheme, category and a rate from 0 to 100 %.
void check_tax(const Tax& tax, const std::string& pointer, Faults& faults);
void check_taxes(const std::vector<Tax>& taxes, const std::string& pointer, Faults& faults);

// Given, and not longer than a name may be.
void check_name(std::string_view name, std::string pointer, Faults& faults);
void check_length(std::string_view text, std::size_t length_max, std::string pointer,
                  Faults& faults);
void check_required(std::string_view text, std::string pointer, Faults& faults);

} // namespace daybook::domain
