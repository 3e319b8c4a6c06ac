#include "api/present/payment.h"

#include "api/json/party_json.h"
#include "api/present/actions.h"
#include "engine/domain/balance.h"
#include "events/base/reflect.h"

namespace daybook::api {
namespace {

using namespace schema;
using domain::PaymentState;

ShowAmount in_currency(const Currency& currency) {
    return [currency](Amount amount) {
        Json json;
        json.set("amount", to_text(amount, currency.digits().value_or(2)));
        json.set("currency", currency.code);
        return json;
    };
}

Json show_reversal(const std::optional<domain::Reversal>& reversal, const ShowAmount& money_of) {
    Json json;
    if (!reversal)
        return json;
    json.set("reversed_on", to_text(reversal->on));
    json.set("cause", enum_name(reversal->cause));
    json.set("fee", reversal->fee ? money_of(*reversal->fee) : Json());
    return json;
}

Schema reversal_schema() {
    return object({{"reversed_on", date()},
                   {"cause", text_of({"mistake", "bounced", "chargeback"})},
                   {"fee", nullable(money())}});
}

void set_payment_members(Json& json, const PaymentState& payment) {
    const Receipt& receipt = payment.receipt;
    const ShowAmount money_of = in_currency(receipt.currency);
    const auto& account = receipt.money_account_id;
    json.set("number", text_or_null(receipt.number));
    json.set("status", enum_name(domain::status(payment)));
    json.set("client_id", receipt.client_id ? Json(to_text(*receipt.client_id)) : Json());
    json.set("payer", text_or_null(receipt.payer));
    json.set("amount", money_of(receipt.amount));
    json.set("allocated", money_of(domain::allocated(payment)));
    json.set("unallocated", money_of(domain::unallocated(payment)));
    json.set("refunded", money_of(domain::refunded(payment)));
    json.set("received_on", to_text(receipt.received_on));
    json.set("method", text_or_null(receipt.method));
    json.set("reference", text_or_null(receipt.reference));
    json.set("money_account_id", account ? Json(to_text(*account)) : Json());
    json.set("allocations", show_allocations(payment.allocations, money_of));
    json.set("refunds", show_refunds(payment.refunds, money_of));
    json.set("reversal", show_reversal(payment.reversal, money_of));
    json.set("tags", show_tags(payment.tags));
    json.set("imported", payment.imported);
}

std::vector<Member> payment_members() {
    const Schema value = text_or_null_schema();
    std::vector<Member> all = common_schema();
    all.push_back({"number", value});
    all.push_back({"status", text_of({"unallocated", "partially_allocated", "allocated",
                                      "partially_refunded", "refunded", "reversed"})});
    all.push_back({"client_id", nullable(uuid())});
    all.push_back({"payer", value});
    for (const char* amount : {"amount", "allocated", "unallocated", "refunded"})
        all.push_back({amount, money()});
    all.push_back({"received_on", date()});
    all.push_back({"method", value});
    all.push_back({"reference", value});
    all.push_back({"money_account_id", nullable(uuid())});
    all.push_back({"allocations", allocations_schema(money())});
    all.push_back({"refunds", refunds_schema(money())});
    all.push_back({"reversal", nullable(reversal_schema())});
    all.push_back({"tags", array(text())});
    all.push_back({"imported", boolean()});
    all.push_back({"private_note", value});
    all.push_back({"actions", actions_schema(PaymentState{})});
    return all;
}

} // namespace

std::expected<Json, Problem> show_payment_in_list(const Call& call, const CompanyView& view,
                                                  EntityRef thing,
                                                  const projections::EntityRow& row) {
    const auto& payment = std::get<PaymentState>(row.state);
    Json json = common_members(thing, row);
    set_payment_members(json, payment);
    json.set("private_note", TRY(show_private_text(call, view, payment.private_note)));
    return json;
}

std::expected<Json, Problem> show_payment(const Call& call, const CompanyView& view,
                                          EntityRef thing, const projections::EntityRow& row) {
    Json json = TRY(show_payment_in_list(call, view, thing, row));
    json.set("actions", TRY(show_actions(call, view, thing, row.state)));
    return json;
}

Json payment_form(const PaymentState& payment) {
    Json json;
    set_payment_members(json, payment);
    return json;
}

Schema payment_schema() { return named("Payment", object(payment_members())); }

} // namespace daybook::api
