// What invoices and credit notes have in common in answers: parties, dates, lines, tax rows and
// totals. Of an issued document all of it is what was frozen; of a draft, what it would come to,
// with the parties as they are now. Money is plain decimal text with exactly the digits of the
// document's currency.
#pragma once

#include "api/handlers/resource.h"

#include <string>
#include <string_view>
#include <vector>

namespace daybook::api {

enum class Detail { whole, in_list }; // Lists leave out lines.

int digits_of(const Document& document);

// Client and seller: as they were frozen, which is not at all in a draft; or, of a draft, as they
// are now.
struct Parties {
    Json client;
    Json seller;
};
Parties frozen_parties(const Frozen& content);
std::expected<Parties, Problem> parties_of(const CompanyView& view, const Frozen& content);

// Everything that a document says of itself, from `kind` to `payable`, after what is there.
// `status` stands second, as a reader expects it.
void set_document_members(Json& json, Parties parties, const Frozen& content,
                          std::string_view status, Detail detail);
std::vector<Member> document_members(Schema status, Detail detail);

// [{id, invoice_id, amount, on, ended_on}] and [{id, amount, refunded_on, …}], ended ones included.
// `show_amount` is how the owner writes money.
using ShowAmount = std::function<Json(Amount)>;
Json show_allocations(const std::vector<domain::AllocationEntry>& entries,
                      const ShowAmount& show_amount);
Json show_refunds(const std::vector<domain::RefundEntry>& entries, const ShowAmount& show_amount);
Schema allocations_schema(const Schema& amount);
Schema refunds_schema(const Schema& amount);

Json show_tags(const std::vector<std::string>& tags);
// The words of a private note; null when there are none, or none any more.
std::expected<Json, Problem> show_private_text(const Call& call, const CompanyView& view,
                                               const std::optional<Hash>& name);

} // namespace daybook::api
