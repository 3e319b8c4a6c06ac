#include "api/present/invoice.h"

#include "api/json/party_json.h"
#include "api/or_problem.h"
#include "api/present/actions.h"
#include "engine/domain/balance.h"
#include "events/base/reflect.h"

#include <algorithm>

namespace daybook::api {
namespace {

using namespace schema;
using domain::InvoiceStage;
using domain::InvoiceState;

// ---- what was set against it -------------------------------------------------------------------

// Payments and credit notes, in order of their making.
struct SetAgainst {
    JsonArray credit_notes;
    JsonArray allocations;
};

void add_allocations(JsonArray& items, InvoiceId invoice, std::string_view kind, const Uuid& source,
                     const std::vector<domain::AllocationEntry>& entries, int digits) {
    for (const domain::AllocationEntry& entry : entries) {
        if (entry.ended_on || entry.allocation.invoice_id != invoice)
            continue;
        Json item;
        item.set("id", to_text(entry.allocation.id));
        item.set("kind", kind);
        item.set("source_id", to_text(source));
        item.set("amount", to_text(entry.allocation.amount, digits));
        item.set("on", to_text(entry.allocation.on));
        items.push_back(std::move(item));
    }
}

bool credits(const domain::CreditNoteState& note, InvoiceId invoice) {
    return std::ranges::any_of(note.credits,
                               [&](const auto& each) { return each.invoice_id == invoice; });
}

std::expected<SetAgainst, Problem> set_against(const CompanyView& view, InvoiceId invoice,
                                               int digits) {
    SetAgainst found;
    auto touching = TRY(or_problem(view.snapshot->touching({EntityKind::invoice, invoice.value})));
    std::ranges::sort(touching, {}, &EntityRef::id);
    for (const EntityRef& thing : touching) {
        const auto row = TRY(or_problem(view.snapshot->find(thing)));
        if (!row)
            continue;
        if (const auto* payment = std::get_if<domain::PaymentState>(&row->state))
            add_allocations(found.allocations, invoice, "payment", thing.id, payment->allocations,
                            digits);
        const auto* note = std::get_if<domain::CreditNoteState>(&row->state);
        if (!note)
            continue;
        add_allocations(found.allocations, invoice, "credit_note", thing.id, note->allocations,
                        digits);
        if (!credits(*note, invoice))
            continue;
        Json item;
        item.set("id", to_text(thing.id));
        item.set("number", text_or_null(note->content.number));
        item.set("total", to_text(note->content.totals.total, digits));
        found.credit_notes.push_back(std::move(item));
    }
    return found;
}

Json show_write_offs(const InvoiceState& invoice, int digits) {
    JsonArray items;
    for (const domain::WriteOffEntry& entry : invoice.write_offs) {
        Json item;
        item.set("id", to_text(entry.write_off.id));
        item.set("amount", to_text(entry.write_off.amount, digits));
        item.set("on", to_text(entry.write_off.on));
        item.set("cause", enum_name(entry.write_off.cause));
        item.set("reversed_on", date_or_null(entry.reversed_on));
        items.push_back(std::move(item));
    }
    return items;
}

// ---- the whole ---------------------------------------------------------------------------------

void set_balance(Json& json, const InvoiceState& invoice, const domain::Settled& settled,
                 const CompanyView& view) {
    const int digits = digits_of(invoice.content.document);
    json.set("paid", to_text(settled.paid, digits));
    json.set("credited", to_text(settled.credited, digits));
    json.set("written_off", to_text(domain::written_off(invoice), digits));
    json.set("due", to_text(domain::due(invoice, settled), digits));
    json.set("overdue", domain::overdue(invoice, settled, view.today));
}

void set_own_members(Json& json, const InvoiceState& invoice) {
    json.set("write_offs", show_write_offs(invoice, digits_of(invoice.content.document)));
    json.set("tags", show_tags(invoice.tags));
    json.set("imported", invoice.imported);
}

std::expected<Json, Problem> show_invoice_in(const Call& call, const CompanyView& view,
                                             EntityRef thing, const projections::EntityRow& row,
                                             Detail detail) {
    const auto& invoice = std::get<InvoiceState>(row.state);
    const InvoiceId id{thing.id};
    const int digits = digits_of(invoice.content.document);
    domain::Settled settled;
    SetAgainst against;
    if (invoice.stage == InvoiceStage::issued) {
        settled = TRY(or_problem(view.snapshot->settled(id)));
        against = TRY(set_against(view, id, digits));
    }
    Json json = common_members(thing, row);
    const std::string_view status = invoice_status_name(domain::status(invoice, settled));
    set_document_members(json, TRY(parties_of(view, invoice.content)), invoice.content, status,
                         detail);
    set_balance(json, invoice, settled, view);
    json.set("credit_notes", std::move(against.credit_notes));
    json.set("allocations", std::move(against.allocations));
    set_own_members(json, invoice);
    json.set("private_notes", TRY(show_private_text(call, view, invoice.private_notes)));
    return json;
}

std::vector<Member> invoice_members(Detail detail) {
    std::vector<Member> all = common_schema();
    for (Member& member : document_members(text_of({"draft", "issued", "partially_paid", "paid",
                                                    "credited", "written_off", "void"}),
                                           detail))
        all.push_back(std::move(member));
    for (const char* amount : {"paid", "credited", "written_off", "due"})
        all.push_back({amount, decimal()});
    all.push_back({"overdue", boolean()});
    all.push_back(
        {"credit_notes",
         array(object({{"id", uuid()}, {"number", text_or_null_schema()}, {"total", decimal()}}))});
    all.push_back({"allocations", array(object({{"id", uuid()},
                                                {"kind", text_of({"payment", "credit_note"})},
                                                {"source_id", uuid()},
                                                {"amount", decimal()},
                                                {"on", date()}}))});
    all.push_back(
        {"write_offs", array(object({{"id", uuid()},
                                     {"amount", decimal()},
                                     {"on", date()},
                                     {"cause", text_of({"bad_debt", "rounding", "goodwill"})},
                                     {"reversed_on", date_or_null_schema()}}))});
    all.push_back({"tags", array(text())});
    all.push_back({"imported", boolean()});
    all.push_back({"private_notes", text_or_null_schema()});
    all.push_back({"actions", actions_schema(InvoiceState{})});
    return all;
}

} // namespace

std::string_view invoice_status_name(domain::InvoiceStatus status) {
    return status == domain::InvoiceStatus::voided ? "void" : enum_name(status);
}

std::expected<Json, Problem> show_invoice(const Call& call, const CompanyView& view,
                                          EntityRef thing, const projections::EntityRow& row) {
    Json json = TRY(show_invoice_in(call, view, thing, row, Detail::whole));
    json.set("actions", TRY(show_actions(call, view, thing, row.state)));
    return json;
}

std::expected<Json, Problem> show_invoice_in_list(const Call& call, const CompanyView& view,
                                                  EntityRef thing,
                                                  const projections::EntityRow& row) {
    return show_invoice_in(call, view, thing, row, Detail::in_list);
}

Json invoice_form(const InvoiceState& invoice) {
    Json json;
    const std::string_view status = invoice_status_name(domain::status(invoice, {}));
    set_document_members(json, frozen_parties(invoice.content), invoice.content, status,
                         Detail::whole);
    set_own_members(json, invoice);
    return json;
}

Schema invoice_schema() { return named("Invoice", object(invoice_members(Detail::whole))); }
Schema invoice_in_list_schema() {
    return named("InvoiceInList", object(invoice_members(Detail::in_list)));
}

} // namespace daybook::api
