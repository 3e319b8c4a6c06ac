// Documents as requests write them: read into what deciders take, and shown in the same form, so
// that a PATCH can be merged into what was written before.
#pragma once

#include "api/json/party_json.h"
#include "engine/domain/commands.h"
#include "engine/ports.h"

namespace daybook::api {

// The members of POST …/invoices, but for private_notes. `before` is the document that is changed,
// or an empty one: its lines are those whose ids may be named (unknown_line), and what no request
// can name stays as it is there. Lines without an id get one from `ids`.
domain::DocumentInput read_document(Input& input, IdSource& ids, const Document& before);

// The same members of a document; money in the digits of its currency.
Json document_input_json(const Document& document);
Json line_input_json(const Line& line, int digits);
// Those of them that an answer shows by the same name and in the same form: all but the client, the
// discount and the lines.
void set_entered_members(Json& json, const Document& document);

// {percent | amount, reason?}, or null.
Json show_discount(const std::optional<Discount>& discount, int digits);
Json show_period(const std::optional<DateRange>& period);
Json show_delivery(const std::optional<Delivery>& delivery);

Schema discount_schema();
Schema period_schema();
Schema delivery_schema();
// Closed; everything but `lines` and what a line cannot do without is optional.
Schema document_input_schema(std::string_view name);

} // namespace daybook::api
