#include "api/present/credit_note.h"

#include "api/json/party_json.h"
#include "api/present/actions.h"
#include "engine/domain/balance.h"
#include "events/base/reflect.h"

namespace daybook::api {
namespace {

using namespace schema;
using domain::CreditNoteState;

// ---- what it takes back ------------------------------------------------------------------------

Json show_credited_line(const CreditedLine& line, int digits) {
    JsonArray taxes;
    for (const TaxRow& row : line.taxes) {
        Json item = show_tax(row.tax);
        item.set("base", to_text(row.base, digits));
        item.set("amount", to_text(row.amount, digits));
        taxes.push_back(std::move(item));
    }
    Json json;
    json.set("line_id", to_text(line.line_id));
    json.set("quantity", to_text(line.quantity));
    json.set("net", to_text(line.net, digits));
    json.set("discount_share", to_text(line.share, digits));
    json.set("taxes", std::move(taxes));
    return json;
}

Json show_credits(const std::vector<CreditedInvoice>& credits, int digits, Detail detail) {
    JsonArray items;
    for (const CreditedInvoice& credited : credits) {
        Json item;
        item.set("invoice_id", credited.invoice_id ? Json(to_text(*credited.invoice_id)) : Json());
        item.set("number", text_or_null(credited.number));
        item.set("issued_on", date_or_null(credited.issued_on));
        if (detail == Detail::whole) {
            JsonArray lines;
            for (const CreditedLine& line : credited.lines)
                lines.push_back(show_credited_line(line, digits));
            item.set("lines", std::move(lines));
        }
        items.push_back(std::move(item));
    }
    return items;
}

Schema credits_schema(Detail detail) {
    const Schema tax_row = extended(tax_schema(), {{"base", decimal()}, {"amount", decimal()}});
    std::vector<Member> members{{"invoice_id", nullable(uuid())},
                                {"number", text_or_null_schema()},
                                {"issued_on", date_or_null_schema()}};
    if (detail == Detail::whole)
        members.push_back({"lines", array(object({{"line_id", uuid()},
                                                  {"quantity", decimal()},
                                                  {"net", decimal()},
                                                  {"discount_share", decimal()},
                                                  {"taxes", array(tax_row)}}))});
    return array(object(std::move(members)));
}

// ---- the whole ---------------------------------------------------------------------------------

void set_credit_note_members(Json& json, Parties parties, const CreditNoteState& note,
                             Detail detail) {
    const int digits = digits_of(note.content.document);
    const auto plain = [&](Amount amount) { return Json(to_text(amount, digits)); };
    set_document_members(json, std::move(parties), note.content, enum_name(domain::status(note)),
                         detail);
    json.set("remaining", plain(domain::remaining(note)));
    json.set("allocated", plain(domain::allocated(note)));
    json.set("refunded", plain(domain::refunded(note)));
    json.set("credit_kind", enum_name(note.credit_kind));
    json.set("credits", show_credits(note.credits, digits, detail));
    json.set("allocations", show_allocations(note.allocations, plain));
    json.set("refunds", show_refunds(note.refunds, plain));
    json.set("imported", note.imported);
}

std::expected<Json, Problem> show_credit_note_in(const CompanyView& view, EntityRef thing,
                                                 const projections::EntityRow& row, Detail detail) {
    const auto& note = std::get<CreditNoteState>(row.state);
    Json json = common_members(thing, row);
    set_credit_note_members(json, TRY(parties_of(view, note.content)), note, detail);
    return json;
}

std::vector<Member> credit_note_members(Detail detail) {
    std::vector<Member> all = common_schema();
    for (Member& member : document_members(text_of({"open", "partially_used", "used"}), detail))
        all.push_back(std::move(member));
    for (const char* amount : {"remaining", "allocated", "refunded"})
        all.push_back({amount, decimal()});
    all.push_back(
        {"credit_kind", text_of({"cancellation", "return_of_goods", "price_reduction", "other"})});
    all.push_back({"credits", credits_schema(detail)});
    all.push_back({"allocations", allocations_schema(decimal())});
    all.push_back({"refunds", refunds_schema(decimal())});
    all.push_back({"imported", boolean()});
    all.push_back({"actions", actions_schema(CreditNoteState{})});
    return all;
}

} // namespace

std::expected<Json, Problem> show_credit_note(const Call& call, const CompanyView& view,
                                              EntityRef thing, const projections::EntityRow& row) {
    Json json = TRY(show_credit_note_in(view, thing, row, Detail::whole));
    json.set("actions", TRY(show_actions(call, view, thing, row.state)));
    return json;
}

std::expected<Json, Problem> show_credit_note_in_list(const Call&, const CompanyView& view,
                                                      EntityRef thing,
                                                      const projections::EntityRow& row) {
    return show_credit_note_in(view, thing, row, Detail::in_list);
}

Json credit_note_form(const CreditNoteState& note) {
    Json json;
    set_credit_note_members(json, frozen_parties(note.content), note, Detail::whole);
    return json;
}

Schema credit_note_schema() {
    return named("CreditNote", object(credit_note_members(Detail::whole)));
}
Schema credit_note_in_list_schema() {
    return named("CreditNoteInList", object(credit_note_members(Detail::in_list)));
}

} // namespace daybook::api
