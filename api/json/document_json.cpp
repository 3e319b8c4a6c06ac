#include "api/json/document_json.h"

#include "engine/domain/documents.h"
#include "events/base/reflect.h"
#include "events/codec/limits.h"

#include <algorithm>

namespace daybook::api {
namespace {

using namespace schema;
using domain::Code;
using domain::DiscountInput;
using domain::kTextLengthMax;

std::optional<DiscountInput> read_discount(Input& input) {
    std::optional<DiscountInput> discount;
    input.object("discount", Need::optional, [&](Input& child) {
        discount =
            DiscountInput{child.decimal("percent"), child.decimal("amount"), child.text("reason")};
        if (discount->percent.has_value() == discount->amount.has_value())
            child.fault("", Code::invalid_input, "a discount is a percent or an amount");
    });
    return discount;
}

std::optional<DateRange> read_period(Input& input) {
    std::optional<DateRange> period;
    input.object("period", Need::optional, [&](Input& child) {
        period = DateRange{child.date("from", Need::required).value_or(Date{}),
                           child.date("to", Need::required).value_or(Date{})};
    });
    return period;
}

std::optional<Delivery> read_delivery(Input& input) {
    std::optional<Delivery> delivery;
    input.object("delivery", Need::optional, [&](Input& child) {
        delivery.emplace();
        delivery->name = child.text("name");
        child.object("address", Need::required,
                     [&](Input& place) { delivery->address = read_address(place); });
    });
    return delivery;
}

// ---- lines -------------------------------------------------------------------------------------

// The line that is written again, or a new one.
Line begin_line(Input& input, IdSource& ids, const Document& before) {
    if (const auto id = input.typed_id<LineItemId>("id")) {
        const auto known = std::ranges::find(before.lines, *id, &Line::id);
        if (known != before.lines.end())
            return *known;
        input.fault("id", Code::unknown_line, to_text(*id));
    }
    Line line;
    line.id = LineItemId{ids.next_id()};
    return line;
}

Line read_line(Input& input, IdSource& ids, const Document& before) {
    Line line = begin_line(input, ids, before);
    line.kind = input.choice<LineKind>("kind").value_or(LineKind::item);
    const Need number = line.kind == LineKind::item ? Need::required : Need::optional;
    line.description = input.text("description", Need::required, kTextLengthMax);
    line.quantity = input.decimal("quantity", number).value_or(Decimal{});
    line.unit_price = input.decimal("unit_price", number).value_or(Decimal{});
    line.unit = input.text("unit");
    line.code = input.text("code");
    line.product_id = input.typed_id<ProductId>("product_id");
    line.nature = input.choice<Nature>("nature").value_or(Nature::unspecified);
    line.period = read_period(input);
    line.taxes = read_taxes(input, "taxes");
    return line;
}

Schema line_input_schema() {
    const Schema value = text_or_null_schema();
    return named("LineInput",
                 object({optional("id", nullable(uuid())),
                         optional("kind", text_of({"item", "text", "section"})),
                         {"description", text()},
                         optional("quantity", nullable(decimal())),
                         optional("unit_price", nullable(decimal())),
                         optional("unit", value),
                         optional("code", value),
                         optional("product_id", nullable(uuid())),
                         optional("nature", text_of({"unspecified", "goods", "service"})),
                         optional("discount", nullable(discount_schema())),
                         optional("period", nullable(period_schema())),
                         optional("taxes", nullable(array(tax_schema())))}));
}

} // namespace

domain::DocumentInput read_document(Input& input, IdSource& ids, const Document& before) {
    domain::DocumentInput read;
    Document& document = read.document;
    document = before;
    document.lines.clear();
    document.client_id = input.typed_id<ClientId>("client_id");
    document.currency.code = input.text("currency", Need::optional, 3);
    document.language = input.text("language", Need::optional, 20);
    document.issued_on = input.date("issued_on");
    document.due_on = input.date("due_on");
    document.delivered_on = input.date("delivered_on");
    document.period = read_period(input);
    document.buyer_reference = input.text("reference");
    document.purchase_order = input.text("purchase_order");
    document.contract = input.text("contract");
    document.delivery = read_delivery(input);
    read.terms_given = input.object("terms", Need::optional,
                                    [&](Input& child) { document.terms = read_terms(child); });
    document.notes = input.text("notes", Need::optional, kTextLengthMax);
    read.discount = read_discount(input);
    document.prices_include_tax = input.boolean("prices_include_tax").value_or(false);
    document.custom = read_custom(input, "custom");
    input.objects("lines", Need::required, kLinesMax, [&](Input& child, std::size_t) {
        document.lines.push_back(read_line(child, ids, before));
        read.line_discounts.push_back(read_discount(child));
    });
    return read;
}

Json line_input_json(const Line& line, int digits) {
    Json json;
    json.set("id", to_text(line.id));
    json.set("kind", enum_name(line.kind));
    json.set("description", line.description);
    json.set("quantity", to_text(line.quantity));
    json.set("unit_price", to_text(line.unit_price));
    json.set("unit", text_or_null(line.unit));
    json.set("code", text_or_null(line.code));
    json.set("product_id", line.product_id ? Json(to_text(*line.product_id)) : Json());
    json.set("nature", enum_name(line.nature));
    json.set("discount", show_discount(line.discount, digits));
    json.set("period", show_period(line.period));
    json.set("taxes", show_taxes(line.taxes));
    return json;
}

void set_entered_members(Json& json, const Document& document) {
    json.set("currency", document.currency.code);
    json.set("language", text_or_null(document.language));
    json.set("issued_on", date_or_null(document.issued_on));
    json.set("due_on", date_or_null(document.due_on));
    json.set("delivered_on", date_or_null(document.delivered_on));
    json.set("period", show_period(document.period));
    json.set("reference", text_or_null(document.buyer_reference));
    json.set("purchase_order", text_or_null(document.purchase_order));
    json.set("contract", text_or_null(document.contract));
    json.set("delivery", show_delivery(document.delivery));
    json.set("terms", show_terms(document.terms));
    json.set("notes", text_or_null(document.notes));
    json.set("prices_include_tax", document.prices_include_tax);
    json.set("custom", show_custom(document.custom));
}

Json document_input_json(const Document& document) {
    const int digits = document.currency.likely_digits();
    Json json;
    json.set("client_id", document.client_id ? Json(to_text(*document.client_id)) : Json());
    set_entered_members(json, document);
    json.set("discount", show_discount(document.discount, digits));
    JsonArray lines;
    for (const Line& line : document.lines)
        lines.push_back(line_input_json(line, digits));
    json.set("lines", std::move(lines));
    return json;
}

Json show_discount(const std::optional<Discount>& discount, int digits) {
    Json json;
    if (!discount)
        return json;
    if (discount->percent)
        json.set("percent", to_text(*discount->percent));
    if (discount->amount)
        json.set("amount", to_text(*discount->amount, digits));
    json.set("reason", text_or_null(discount->reason));
    return json;
}

Json show_period(const std::optional<DateRange>& period) {
    Json json;
    if (!period)
        return json;
    json.set("from", to_text(period->from));
    json.set("to", to_text(period->to));
    return json;
}

Json show_delivery(const std::optional<Delivery>& delivery) {
    Json json;
    if (!delivery)
        return json;
    json.set("name", text_or_null(delivery->name));
    json.set("address", show_address(delivery->address));
    return json;
}

Schema discount_schema() {
    return named("Discount", object({optional("percent", nullable(decimal())),
                                     optional("amount", nullable(decimal())),
                                     optional("reason", text_or_null_schema())}));
}

Schema period_schema() { return object({{"from", date()}, {"to", date()}}); }

Schema delivery_schema() {
    return object({optional("name", text_or_null_schema()), {"address", address_schema()}});
}

Schema document_input_schema(std::string_view name) {
    const Schema value = text_or_null_schema();
    const Schema day = date_or_null_schema();
    return named(name, object({optional("client_id", nullable(uuid())),
                               optional("currency", value),
                               optional("language", value),
                               optional("issued_on", day),
                               optional("due_on", day),
                               optional("delivered_on", day),
                               optional("period", nullable(period_schema())),
                               optional("reference", value),
                               optional("purchase_order", value),
                               optional("contract", value),
                               optional("delivery", nullable(delivery_schema())),
                               optional("terms", nullable(terms_schema())),
                               optional("notes", value),
                               optional("private_notes", value),
                               optional("discount", nullable(discount_schema())),
                               optional("prices_include_tax", nullable(boolean())),
                               optional("custom", nullable(custom_schema())),
                               {"lines", array(line_input_schema())}}));
}

} // namespace daybook::api
