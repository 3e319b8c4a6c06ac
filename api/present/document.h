// What invoices and credit notes have in common in answers: parties, dates, lines, tax rows and
// totals. Of an issued document all of it is what was frozen; of a draft, what it would come to,
// with the parties as they are now. Money is plain decimal text with exactly the digits of the
// document's currency.
#pragma once

#include "api/handlers/resource.h"
#include "api/snapshot_books.h"

#include <string>
#include <string_view>
#include <vector>

namespace daybook::api {

enum class Detail { whole, in_list }; // Lists leave out lines, private words and actions.

int digits_of(const Document& document);

// Everything that a document says of itself, from `kind` to `payable`, after what is there.
// `status` stands second, as a reader expects it.
std::expected<void, Problem> set_document_members(Json& json, const CompanyView& view,
                                                  const Frozen& content, std::string_view status,
                                                  Detail detail);
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

// What may be done with the thing that is shown, by asking each decider.
struct Try {
    std::string_view verb;
    domain::Command command;
};
std::expected<Json, Problem> show_actions(const SnapshotBooks& books,
                                          const std::vector<Try>& tries);
// The smallest amount of a currency: if that is too much, everything is.
Decimal smallest_amount(const Currency& currency);
// A live entry, or an id that names none, so that the decider says what is missing.
AllocationId any_live_allocation(const std::vector<domain::AllocationEntry>& entries);
RefundId any_live_refund(const std::vector<domain::RefundEntry>& entries);

} // namespace daybook::api
