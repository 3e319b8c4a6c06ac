// Credit notes: read, allocate, refund. They are made by crediting an invoice (invoices.h).
#pragma once

#include "api/handlers/resource.h"

namespace daybook::api {

const Resource& credit_notes();
std::vector<Route> credit_note_routes();

} // namespace daybook::api
