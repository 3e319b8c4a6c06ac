#include "api/present/product.h"

#include "api/json/party_json.h"
#include "api/present/actions.h"
#include "events/base/reflect.h"

namespace daybook::api {
namespace {

using namespace schema;

void set_input_members(Json& json, const ProductProfile& profile) {
    json.set("code", profile.code);
    json.set("name", profile.names.empty() ? "" : profile.names.front().name);
    json.set("description", text_or_null(profile.description));
    json.set("unit", text_or_null(profile.unit));
    json.set("unit_code", text_or_null(profile.unit_code));
    const Price price = profile.prices.empty() ? Price{} : profile.prices.front();
    json.set("unit_price", to_text(price.amount));
    json.set("price_includes_tax", price.side == PriceSide::with_tax);
    json.set("nature", enum_name(profile.nature));
    json.set("taxes", show_taxes(profile.taxes));
    json.set("account", text_or_null(profile.account));
    json.set("custom", show_custom(profile.custom));
}

std::vector<Member> product_input_members() {
    const Schema value = text_or_null_schema();
    return {{"code", text()},
            {"name", text()},
            optional("description", value),
            optional("unit", value),
            optional("unit_code", value),
            {"unit_price", decimal()},
            optional("price_includes_tax", boolean()),
            optional("nature", text_of({"unspecified", "goods", "service"})),
            optional("taxes", nullable(array(tax_schema()))),
            optional("account", value),
            optional("custom", nullable(custom_schema()))};
}

} // namespace

ProductProfile read_product(Input& input, const CompanyView& view, ProductProfile profile) {
    const CompanyProfile& company = view.company.profile;
    profile.code = input.text("code", Need::required, 60);
    const std::string name = input.text("name", Need::required);
    if (profile.names.empty())
        profile.names.push_back({company.locale, {}});
    profile.names.front().name = name;
    profile.description = input.text("description", Need::optional, 10'000);
    profile.unit = input.text("unit", Need::optional, 30);
    profile.unit_code = input.text("unit_code", Need::optional, 3);
    const bool with_tax = input.boolean("price_includes_tax").value_or(false);
    const auto price = input.decimal("unit_price", Need::required);
    if (profile.prices.empty())
        profile.prices.push_back({company.base_currency, {}, {}});
    profile.prices.front().amount = price.value_or(Decimal{});
    profile.prices.front().side = with_tax ? PriceSide::with_tax : PriceSide::without_tax;
    profile.nature = input.choice<Nature>("nature").value_or(Nature::unspecified);
    profile.taxes = read_taxes(input, "taxes");
    profile.account = input.text("account", Need::optional, 20);
    profile.custom = read_custom(input, "custom");
    return profile;
}

Json product_input_json(const ProductProfile& profile) {
    Json json;
    set_input_members(json, profile);
    return json;
}

Schema product_input_schema() { return named("ProductInput", object(product_input_members())); }

Json product_form(const domain::ProductState& product) {
    Json json = product_input_json(product.profile);
    const auto& prices = product.profile.prices;
    json.set("currency", prices.empty() ? Json() : Json(prices.front().currency.code));
    json.set("archived", product.archived);
    return json;
}

std::expected<Json, Problem> show_product_in_list(const Call&, const CompanyView& view,
                                                  EntityRef thing,
                                                  const projections::EntityRow& row) {
    const auto& product = std::get<domain::ProductState>(row.state);
    Json json = common_members(thing, row);
    const Json members = product_form(product);
    for (const auto& [name, value] : *members.if_object())
        json.set(name, value);
    if (product.profile.prices.empty())
        json.set("currency", view.company.profile.base_currency.code);
    return json;
}

std::expected<Json, Problem> show_product(const Call& call, const CompanyView& view,
                                          EntityRef thing, const projections::EntityRow& row) {
    Json json = TRY(show_product_in_list(call, view, thing, row));
    json.set("actions", TRY(show_actions(call, view, thing, row.state)));
    return json;
}

Schema product_schema() {
    return named("Product", extended(extended(object(common_schema()), product_input_members()),
                                     {{"currency", text()},
                                      {"archived", boolean()},
                                      {"actions", actions_schema(domain::ProductState{})}}));
}

} // namespace daybook::api
