#include "api/present/actions.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::api {
namespace {

struct Try {
    std::string_view verb;
    domain::Command command;
};
using Tries = std::vector<Try>;

// Stands where a verb needs a reason: whether there is a good one is for who does it.
const std::string kAsked = "asked before it is done";

// The smallest amount of a currency: if that is too much, everything is.
Decimal smallest_amount(const Currency& currency) {
    return {kMicro / power_of_ten(currency.digits().value_or(2))};
}

// A live entry, or an id that names none, so that the decider says what is missing.
AllocationId any_live(const std::vector<domain::AllocationEntry>& entries) {
    const auto live =
        std::ranges::find_if(entries, [](const auto& entry) { return !entry.ended_on; });
    return live == entries.end() ? AllocationId{} : live->allocation.id;
}
RefundId any_live(const std::vector<domain::RefundEntry>& entries) {
    const auto live =
        std::ranges::find_if(entries, [](const auto& entry) { return !entry.reversed_on; });
    return live == entries.end() ? RefundId{} : live->refund.id;
}
WriteOffId any_live(const std::vector<domain::WriteOffEntry>& entries) {
    const auto live =
        std::ranges::find_if(entries, [](const auto& entry) { return !entry.reversed_on; });
    return live == entries.end() ? WriteOffId{} : live->write_off.id;
}

// ---- the verbs of each kind --------------------------------------------------------------------

// What has no verbs: payment terms; what happened to the books.
template <class S>
Tries tries_of(const Uuid&, const S&) {
    return {};
}

Tries tries_of(const Uuid& uuid, const domain::CompanyState&) {
    const CompanyId id{uuid};
    return {{"archive", domain::ArchiveCompany{id, kAsked}},
            {"unarchive", domain::UnarchiveCompany{id, kAsked}},
            {"retire", domain::RetireCompany{id, kAsked, {}}},
            {"reinstate", domain::ReinstateCompany{id, kAsked}},
            {"activate", domain::ActivateCompany{id, "gone", {}}}};
}

Tries tries_of(const Uuid& uuid, const domain::SeriesState&) {
    return {{"close", domain::CloseSeries{SeriesId{uuid}, kAsked}}};
}

Tries tries_of(const Uuid& uuid, const domain::TaxRateState&) {
    return {{"retire", domain::RetireTaxRate{TaxRateId{uuid}, kAsked}}};
}

Tries tries_of(const Uuid& uuid, const domain::MoneyAccountState&) {
    return {{"retire", domain::RetireMoneyAccount{MoneyAccountId{uuid}, kAsked}}};
}

Tries tries_of(const Uuid& uuid, const domain::PeriodState&) {
    return {{"lift", domain::UnlockPeriod{uuid, kAsked}}};
}

Tries tries_of(const Uuid& uuid, const domain::ClientState&) {
    const ClientId id{uuid};
    return {{"archive", domain::ArchiveClient{id, kAsked}},
            {"unarchive", domain::UnarchiveClient{id, kAsked}}};
}

Tries tries_of(const Uuid& uuid, const domain::ProductState&) {
    const ProductId id{uuid};
    return {{"archive", domain::ArchiveProduct{id, kAsked}},
            {"unarchive", domain::UnarchiveProduct{id, kAsked}}};
}

Tries tries_of(const Uuid& uuid, const domain::InvoiceState& invoice) {
    const InvoiceId id{uuid};
    // A change is judged by its content; that there may be one at all, by the guard of voiding.
    return {{"issue", domain::IssueInvoice{id, {}, {}}},
            {"void", domain::VoidInvoice{id, kAsked}},
            {"change", domain::VoidInvoice{id, kAsked}},
            {"credit", domain::CreditInvoice{.invoice_id = id, .all = true, .reason = kAsked}},
            {"write_off",
             domain::WriteOffInvoice{.id = id,
                                     .amount = smallest_amount(invoice.content.document.currency),
                                     .reason = kAsked}},
            {"reverse_write_off",
             domain::ReverseWriteOff{
                 .id = id, .write_off_id = any_live(invoice.write_offs), .reason = kAsked}},
            {"annotate", domain::AnnotateInvoice{id, invoice.private_notes, invoice.tags}}};
}

Tries tries_of(const Uuid& uuid, const domain::CreditNoteState& note) {
    const CreditNoteId id{uuid};
    const domain::RefundCredit refund{.id = id,
                                      .amount = smallest_amount(note.content.document.currency)};
    // What may be refunded may be allocated: both take from what remains.
    return {{"allocate", refund},
            {"unallocate",
             domain::UnallocateCredit{.id = id, .allocation_id = any_live(note.allocations)}},
            {"refund", refund},
            {"reverse_refund", domain::ReverseCreditRefund{.id = id,
                                                           .refund_id = any_live(note.refunds),
                                                           .cause = ReversalCause::mistake,
                                                           .reason = kAsked}}};
}

Tries tries_of(const Uuid& uuid, const domain::PaymentState& payment) {
    const PaymentId id{uuid};
    const domain::RefundPayment refund{.id = id,
                                       .amount = smallest_amount(payment.receipt.currency)};
    // What may be refunded may be allocated: both take from what is unallocated.
    return {{"allocate", refund},
            {"unallocate",
             domain::UnallocatePayment{.id = id, .allocation_id = any_live(payment.allocations)}},
            {"refund", refund},
            {"reverse_refund", domain::ReverseRefund{.id = id,
                                                     .refund_id = any_live(payment.refunds),
                                                     .cause = ReversalCause::mistake,
                                                     .reason = kAsked}},
            {"reverse", domain::ReversePayment{.id = id, .reason = kAsked}},
            {"annotate", domain::AnnotatePayment{id, payment.private_note, payment.tags}}};
}

Tries tries_of(const Uuid& uuid, const domain::FileState&) {
    return {{"detach", domain::DetachFile{FileId{uuid}, kAsked}}};
}

Tries all_tries_of(const Uuid& id, const domain::State& state) {
    return std::visit([&](const auto& known) { return tries_of(id, known); }, state);
}

// Who activates says how far each series has come; asked before, it is as far as the book knows.
void name_last_numbers(const SnapshotBooks& books, domain::Command& command) {
    auto* activate = std::get_if<domain::ActivateCompany>(&command);
    if (!activate)
        return;
    for (const Uuid& id : books.all(EntityKind::series))
        if (books.series(SeriesId{id})) // What a rollback took away is among them.
            activate->last_numbers.push_back({SeriesId{id}, {}, 0});
}

Json show_action(const std::optional<Problem>& refused) {
    Json action;
    action.set("allowed", !refused.has_value());
    JsonArray missing;
    if (refused) {
        action.set("why", refused->code);
        for (const ProblemFault& fault : refused->faults) {
            Json item;
            item.set("pointer", fault.pointer);
            item.set("code", fault.code);
            missing.push_back(std::move(item));
        }
    }
    action.set("missing", std::move(missing));
    return action;
}

// What no decider refuses, though it would do nothing.
std::optional<Problem> done_already(const domain::State& state) {
    const auto* file = std::get_if<domain::FileState>(&state);
    return file && file->detached ? std::optional(problem(410, "file_detached")) : std::nullopt;
}

} // namespace

std::expected<Json, Problem> show_actions(const Call& call, const CompanyView& view,
                                          EntityRef thing, const domain::State& state) {
    SnapshotBooks books(call, view);
    return show_actions(books, thing, state);
}

std::expected<Json, Problem> show_actions(SnapshotBooks& books, EntityRef thing,
                                          const domain::State& state) {
    books.lay_over(thing, state);
    Json actions = JsonObject{};
    for (Try& each : all_tries_of(thing.id, state)) {
        name_last_numbers(books, each.command);
        auto refused = done_already(state);
        if (!refused)
            refused = TRY(books.refusal_of(each.command));
        actions.set(each.verb, show_action(refused));
    }
    return actions;
}

Schema actions_schema(const domain::State& state) {
    using namespace schema;
    const Schema missing = array(object({{"pointer", text()}, {"code", text()}}));
    const Schema one = named(
        "Action", object({{"allowed", boolean()}, optional("why", text()), {"missing", missing}}));
    std::vector<Member> members;
    for (const Try& each : all_tries_of({}, state))
        members.push_back({each.verb, one});
    return object(std::move(members));
}

} // namespace daybook::api
