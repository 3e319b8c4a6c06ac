// All lists of a company in one ZIP: clients, products, invoices, credit notes, payments, of one
// moment, in one form.
#pragma once

#include "api/routing/route.h"

namespace daybook::api {

std::vector<Route> list_archive_routes();

} // namespace daybook::api
