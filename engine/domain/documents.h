// From what was written (DocumentInput) to the Document that a draft records: defaults of client
// and company filled in, discounts turned into money, lines numbered and calculated, every limit
// checked. All faulty fields are named at once.
#pragma once

#include "engine/domain/outcome.h"

#include <expected>

namespace daybook::domain {

inline constexpr std::size_t kNameLengthMax = 500;    // Characters of a name, code or reference.
inline constexpr std::size_t kTextLengthMax = 10'000; // Of a description or note.

// Characters, not bytes. The text is valid UTF-8.
std::size_t text_length(std::string_view text);

std::expected<Document, Refusal> build_document(const Books& books, const DocumentInput& input,
                                                const Circumstances& circumstances);

// Foreign documents need a rate of exchange and tax in the company's currency: not_supported_yet.
Allowed is_in_base_currency(const CompanyProfile& company, const Document& document);

// The date a document is due by its terms.
Date due_by_terms(const PaymentTerms& terms, Date issued_on);

} // namespace daybook::domain
