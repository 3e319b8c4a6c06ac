// Products: create, change, archive; list and one.
#pragma once

#include "api/handlers/resource.h"
#include "api/routing/route.h"
#include "api/routing/write.h"

namespace daybook::api {

const Resource& products();
// A request's, or a row's; `patch` is merged into what the product is (RFC 7396).
std::expected<ProductProfile, Problem> new_product(const CompanyView& view, const Json& body);
std::expected<ProductProfile, Problem>
changed_product(const CompanyView& view, const ProductProfile& old, const Json& patch);

std::vector<Route> product_routes();

} // namespace daybook::api
