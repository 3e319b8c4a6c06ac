// Invoices: draft, change, issue, void, credit, write off, annotate.
#pragma once

#include "api/routing/route.h"

namespace daybook::api {

std::vector<Route> invoice_routes();

} // namespace daybook::api
