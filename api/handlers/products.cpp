#include "api/handlers/products.h"

#include "api/handlers/reasoned_verb.h"
#include "api/merge_patch.h"
#include "api/present/product.h"

namespace daybook::api {

const Resource& products() {
    static const Resource kProducts{
        EntityKind::product,
        "products",
        show_product,
        show_product_in_list,
        product_schema(),
        product_schema(),
        {{"status", "live, archived"}, {"code", "exact code"}},
        {projections::SortKey::created, projections::SortKey::code, projections::SortKey::name},
        {"id", "code", "name", "description", "unit", "unit_code", "unit_price",
         "price_includes_tax", "currency", "nature", "taxes", "account", "custom", "archived"}};
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
                      product_input_schema(),
                      201,
                      schema,
                      writing(create_product)});
    routes.push_back({"PATCH",
                      one,
                      "Change a product",
                      Permission::write,
                      kBodyJson,
                      {},
                      schema::any(),
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
