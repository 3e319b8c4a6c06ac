#include "api/present/document.h"

#include "api/json/document_json.h"
#include "api/or_problem.h"
#include "api/private_text.h"
#include "events/base/reflect.h"

#include <algorithm>

namespace daybook::api {
namespace {

using namespace schema;

Json id_or_null(const auto& id) { return id ? Json(to_text(*id)) : Json(); }

Json show_series(const Frozen& content) {
    Json json;
    if (!content.series_id)
        return json;
    json.set("id", to_text(*content.series_id));
    json.set("period", content.series_period);
    json.set("sequence", content.sequence);
    return json;
}

// ---- parties -----------------------------------------------------------------------------------

bool is_frozen(const Frozen& content) { return !content.origin.empty(); }

std::expected<Json, Problem> client_now(const CompanyView& view, const Frozen& content) {
    if (!content.document.client_id)
        return Json();
    const auto row = TRY(
        or_problem(view.snapshot->find({EntityKind::client, content.document.client_id->value})));
    const auto* client = row ? std::get_if<domain::ClientState>(&row->state) : nullptr;
    return client ? show_party(client->profile.party) : Json();
}

// ---- lines, taxes, totals ----------------------------------------------------------------------

Json show_line(const Line& line, int digits) {
    Json json = line_input_json(line, digits);
    json.set("position", line.position);
    json.set("net", to_text(line.net, digits));
    json.set("discount_share", to_text(line.discount_share, digits));
    return json;
}

Schema line_schema() {
    const Schema value = text_or_null_schema();
    return named("Line", object({{"id", uuid()},
                                 {"position", integer()},
                                 {"kind", text_of({"item", "text", "section"})},
                                 {"description", text()},
                                 {"quantity", decimal()},
                                 {"unit_price", decimal()},
                                 {"unit", value},
                                 {"code", value},
                                 {"product_id", nullable(uuid())},
                                 {"nature", text_of({"unspecified", "goods", "service"})},
                                 {"period", nullable(period_schema())},
                                 {"discount", nullable(discount_schema())},
                                 {"taxes", array(tax_schema())},
                                 {"net", decimal()},
                                 {"discount_share", decimal()}}));
}

Json show_tax_rows(const std::vector<TaxRow>& rows, int digits) {
    JsonArray items;
    for (const TaxRow& row : rows) {
        Json item = show_tax(row.tax);
        item.set("base", to_text(row.base, digits));
        item.set("amount", to_text(row.amount, digits));
        items.push_back(std::move(item));
    }
    return items;
}

Schema tax_row_schema() {
    return named("TaxRow", extended(tax_schema(), {{"base", decimal()}, {"amount", decimal()}}));
}

void set_totals(Json& json, const Totals& totals, int digits) {
    json.set("net", to_text(totals.net, digits));
    json.set("discount", to_text(totals.discount, digits));
    json.set("tax", to_text(totals.tax, digits));
    json.set("total", to_text(totals.total, digits));
    json.set("prepaid", to_text(totals.prepaid, digits));
    json.set("payable", to_text(totals.payable, digits));
}

Json show_legal_texts(const std::vector<LegalText>& texts) {
    JsonArray items;
    for (const LegalText& text : texts) {
        Json item;
        item.set("code", text.code);
        item.set("language", text.language);
        item.set("text", text.text);
        items.push_back(std::move(item));
    }
    return items;
}

} // namespace

int digits_of(const Document& document) { return document.currency.digits().value_or(2); }

Parties frozen_parties(const Frozen& content) {
    if (!is_frozen(content))
        return {};
    return {content.buyer ? show_party(*content.buyer) : Json(), show_party(content.seller)};
}

std::expected<Parties, Problem> parties_of(const CompanyView& view, const Frozen& content) {
    if (is_frozen(content))
        return frozen_parties(content);
    return Parties{TRY(client_now(view, content)), show_party(view.company.profile.party)};
}

void set_document_members(Json& json, Parties parties, const Frozen& content,
                          std::string_view status, Detail detail) {
    const Document& document = content.document;
    const int digits = digits_of(document);
    json.set("kind", enum_name(document.kind));
    json.set("status", status);
    json.set("number", text_or_null(content.number));
    json.set("series", show_series(content));
    json.set("client_id", id_or_null(document.client_id));
    json.set("client", std::move(parties.client));
    json.set("seller", std::move(parties.seller));
    set_entered_members(json, document);
    json.set("discount_input", show_discount(document.discount, digits));
    json.set("legal_texts", show_legal_texts(content.legal_texts));
    if (detail == Detail::whole) {
        JsonArray lines;
        for (const Line& line : document.lines)
            lines.push_back(show_line(line, digits));
        json.set("lines", std::move(lines));
    }
    json.set("taxes", show_tax_rows(content.taxes, digits));
    set_totals(json, content.totals, digits);
}

std::vector<Member> document_members(Schema status, Detail detail) {
    const Schema value = text_or_null_schema();
    const Schema day = date_or_null_schema();
    const Schema series = object({{"id", uuid()}, {"period", text()}, {"sequence", integer()}});
    const Schema legal = object({{"code", text()}, {"language", text()}, {"text", text()}});
    std::vector<Member> members{{"kind", text_of({"invoice", "deposit", "credit_note"})},
                                {"status", std::move(status)},
                                {"number", value},
                                {"series", nullable(series)},
                                {"client_id", nullable(uuid())},
                                {"client", nullable(party_schema())},
                                {"seller", party_schema()},
                                {"currency", text()},
                                {"language", value},
                                {"issued_on", day},
                                {"due_on", day},
                                {"delivered_on", day},
                                {"period", nullable(period_schema())},
                                {"reference", value},
                                {"purchase_order", value},
                                {"contract", value},
                                {"delivery", nullable(delivery_schema())},
                                {"terms", terms_schema()},
                                {"notes", value},
                                {"prices_include_tax", boolean()},
                                {"discount_input", nullable(discount_schema())},
                                {"custom", custom_schema()},
                                {"legal_texts", array(legal)},
                                {"taxes", array(tax_row_schema())}};
    if (detail == Detail::whole)
        members.push_back({"lines", array(line_schema())});
    for (const char* amount : {"net", "discount", "tax", "total", "prepaid", "payable"})
        members.push_back({amount, decimal()});
    return members;
}

// ---- allocations and refunds -------------------------------------------------------------------

Json show_allocations(const std::vector<domain::AllocationEntry>& entries,
                      const ShowAmount& show_amount) {
    JsonArray items;
    for (const domain::AllocationEntry& entry : entries) {
        Json item;
        item.set("id", to_text(entry.allocation.id));
        item.set("invoice_id", to_text(entry.allocation.invoice_id));
        item.set("amount", show_amount(entry.allocation.paid_amount));
        item.set("on", to_text(entry.allocation.on));
        item.set("ended_on", date_or_null(entry.ended_on));
        items.push_back(std::move(item));
    }
    return items;
}

Json show_refunds(const std::vector<domain::RefundEntry>& entries, const ShowAmount& show_amount) {
    JsonArray items;
    for (const domain::RefundEntry& entry : entries) {
        Json item;
        item.set("id", to_text(entry.refund.id));
        item.set("amount", show_amount(entry.refund.amount));
        item.set("refunded_on", to_text(entry.refund.on));
        item.set("method", text_or_null(entry.refund.method));
        item.set("reference", text_or_null(entry.refund.reference));
        item.set("money_account_id", id_or_null(entry.refund.money_account_id));
        item.set("reversed_on", date_or_null(entry.reversed_on));
        items.push_back(std::move(item));
    }
    return items;
}

Schema allocations_schema(const Schema& amount) {
    return array(object({{"id", uuid()},
                         {"invoice_id", uuid()},
                         {"amount", amount},
                         {"on", date()},
                         {"ended_on", date_or_null_schema()}}));
}

Schema refunds_schema(const Schema& amount) {
    return array(object({{"id", uuid()},
                         {"amount", amount},
                         {"refunded_on", date()},
                         {"method", text_or_null_schema()},
                         {"reference", text_or_null_schema()},
                         {"money_account_id", nullable(uuid())},
                         {"reversed_on", date_or_null_schema()}}));
}

// ---- words -------------------------------------------------------------------------------------

Json show_tags(const std::vector<std::string>& tags) {
    JsonArray items;
    for (const std::string& tag : tags)
        items.emplace_back(tag);
    return items;
}

std::expected<Json, Problem> show_private_text(const Call& call, const CompanyView& view,
                                               const std::optional<Hash>& name) {
    if (!name)
        return Json();
    const auto text = TRY(or_problem(unseal(call.service.log(), view.where.line, *name)));
    return text ? *text : Json();
}

} // namespace daybook::api
