#include "api/handlers/products.h"

#include "api/handlers/reasoned_verb.h"
#include "api/json/party_json.h"
#include "api/merge_patch.h"
#include "events/base/reflect.h"

#include <algorithm>

namespace daybook::api {
namespace {

using namespace schema;

// A request speaks of one name and one price, in the company's language and currency; further
// ones that a product may have are kept as they are.
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
    return json;
}

std::vector<Member> input_members() {
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

Schema product_schema() {
    return named("Product", extended(extended(object(common_schema()), input_members()),
                                     {{"currency", text()}, {"archived", boolean()}}));
}

std::expected<Json, Problem> show_product(const Call&, const CompanyView& view, EntityRef thing,
                                          const projections::EntityRow& row) {
    const auto& product = std::get<domain::ProductState>(row.state);
    Json json = common_members(thing, row);
    const Json members = product_input_json(product.profile);
    for (const auto& [name, value] : *members.if_object())
        json.set(name, value);
    const auto& prices = product.profile.prices;
    json.set("currency", prices.empty() ? view.company.profile.base_currency.code
                                        : prices.front().currency.code);
    json.set("archived", product.archived);
    return json;
}

const Resource& products() {
    static const Resource kProducts{
        EntityKind::product,
        "products",
        show_product,
        show_product,
        product_schema(),
        product_schema(),
        {{"status", "live, archived"}, {"code", "exact code"}},
        {projections::SortKey::created, projections::SortKey::code, projections::SortKey::name},
        {"id", "code", "name", "description", "unit", "unit_price", "currency", "nature",
         "archived"}};
    return kProducts;
}

namespace {

std::expected<ProductProfile, Problem> read(const Json& body, const CompanyView& view,
                                            const ProductProfile& old) {
    return read_input<ProductProfile>(body,
                                      [&](Input& input) { return read_product(input, view, old); });
}

std::expected<Write, Problem> create_product(const Call& call) {
    const CompanyView view = TRY(open_company(call));
    const Json body = TRY(parse_body(call.request));
    const ProductId id{call.service.ids().next_id()};
    Write write;
    write.thing = {EntityKind::product, id.value};
    write.status = 201;
    write.location = location_of(products(), call, id.value);
    write.show = show_product;
    write.command = domain::CreateProduct{id, TRY(new_product(view, body))};
    return write;
}

std::expected<Write, Problem> change_product(const Call& call) {
    const CompanyView view = TRY(open_company(call));
    const EntityRef thing{EntityKind::product, TRY(call.id("id"))};
    const projections::EntityRow row = TRY(find_thing(view, thing));
    const ProductProfile& old = std::get<domain::ProductState>(row.state).profile;
    const Json patch = TRY(parse_body(call.request));
    Write write;
    write.thing = thing;
    write.based_on = row.version;
    write.show = show_product;
    write.command =
        domain::ChangeProduct{ProductId{thing.id}, TRY(changed_product(view, old, patch))};
    return write;
}

} // namespace

std::expected<ProductProfile, Problem> new_product(const CompanyView& view, const Json& body) {
    return read(body, view, {});
}

std::expected<ProductProfile, Problem>
changed_product(const CompanyView& view, const ProductProfile& old, const Json& patch) {
    return read(merge_patch(product_input_json(old), patch), view, old);
}

std::vector<Route> product_routes() {
    std::vector<Route> routes = reading_routes(products());
    const std::string one = item_pattern(products());
    const Schema schema = product_schema();
    routes.push_back({"POST",
                      collection_pattern(products()),
                      "Create a product",
                      Permission::write,
                      kBodyJson,
                      {},
                      named("ProductInput", object(input_members())),
                      201,
                      schema,
                      writing(create_product)});
    routes.push_back({"PATCH",
                      one,
                      "Change a product",
                      Permission::write,
                      kBodyJson,
                      {},
                      any(),
                      200,
                      schema,
                      changing(change_product)});
    routes.push_back({"POST",
                      one + "/archive",
                      "Archive a product",
                      Permission::write,
                      kBodyJson,
                      {},
                      reason_schema(),
                      200,
                      schema,
                      reasoned_verb<domain::ArchiveProduct>(EntityKind::product, show_product)});
    routes.push_back({"POST",
                      one + "/unarchive",
                      "Take a product out of the archive",
                      Permission::write,
                      kBodyJson,
                      {},
                      reason_schema(),
                      200,
                      schema,
                      reasoned_verb<domain::UnarchiveProduct>(EntityKind::product, show_product)});
    return routes;
}

} // namespace daybook::api
