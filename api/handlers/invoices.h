// Invoices: draft, change, issue, void, credit, write off, annotate.
#pragma once

#include "api/handlers/resource.h"

namespace daybook::api {

const Resource& invoices();
std::vector<Route> invoice_routes();

} // namespace daybook::api
