// A credit note as answers show it: the document, which lines of which invoice it takes back, and
// what became of its amount.
#pragma once

#include "api/present/document.h"

namespace daybook::api {

std::expected<Json, Problem> show_credit_note(const Call& call, const CompanyView& view,
                                              EntityRef thing, const projections::EntityRow& row);
std::expected<Json, Problem> show_credit_note_in_list(const Call& call, const CompanyView& view,
                                                      EntityRef thing,
                                                      const projections::EntityRow& row);
Json credit_note_form(const domain::CreditNoteState& note); // What its own events say (form.h).
Schema credit_note_schema();
Schema credit_note_in_list_schema();

} // namespace daybook::api
