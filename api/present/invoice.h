// An invoice as answers show it: the document, what was set against it, what may be done with it.
#pragma once

#include "api/present/document.h"

namespace daybook::api {

// "void" for InvoiceStatus::voided, which C++ cannot spell.
std::string_view invoice_status_name(domain::InvoiceStatus status);

std::expected<Json, Problem> show_invoice(const Call& call, const CompanyView& view,
                                          EntityRef thing, const projections::EntityRow& row);
std::expected<Json, Problem> show_invoice_in_list(const Call& call, const CompanyView& view,
                                                  EntityRef thing,
                                                  const projections::EntityRow& row);
// What its own events say, without its private words (form.h). Nothing is set against it there, so
// its status is that of an invoice nobody paid.
Json invoice_form(const domain::InvoiceState& invoice);
Schema invoice_schema();
Schema invoice_in_list_schema();

} // namespace daybook::api
