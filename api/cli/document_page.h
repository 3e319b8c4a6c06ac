// An invoice or a credit note as a page of text: parties, lines, taxes, totals, what is due.
#pragma once

#include "api/cli/ink.h"
#include "events/base/json.h"

#include <string>

namespace daybook::api {

// `document` is what the API answers for one.
std::string document_page(const Json& document, const Ink& ink);

} // namespace daybook::api
