// What the law of a country wants to read on an invoice: rows of dated data, not code. A row says
// which profile it belongs to and from when until when it holds; a change of the law is a new row
// and an end to the old one, so that a document is always held to the law of its date.
#pragma once

#include "engine/domain/outcome.h"
#include "events/company_events.h"

#include <string_view>
#include <vector>

namespace daybook::domain {

// "FR" and "generic". A company that names another one is held to the generic rows.
bool is_known_profile(std::string_view name);

// All that is missing at once, with pointers: /seller/siren, /client/address/city,
// /lines/0/description. A SIREN that is there and wrong is siren_checksum.
Faults missing_legal_data(const CompanyProfile& seller, const Party& buyer,
                          const Document& document, Date issued_on);
// The seller's part alone, for a credit note: its buyer and lines are those of the invoice.
Faults missing_seller_data(const CompanyProfile& seller, Date issued_on);

// The texts to freeze, in the document's language (French, else English).
std::vector<LegalText> legal_texts(const CompanyProfile& seller, const Party& buyer,
                                   const Document& document, Date issued_on);

} // namespace daybook::domain
