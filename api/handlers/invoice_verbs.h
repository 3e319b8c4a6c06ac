// What is done to an invoice by its verbs: issue, void, credit, write off, reverse a write-off.
#pragma once

#include "api/handlers/resource.h"

namespace daybook::api {

std::vector<Route> invoice_verb_routes(const Resource& invoices);

} // namespace daybook::api
