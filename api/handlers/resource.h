// What every kind of thing has in common on the wire: GET one, GET list, their ETags, cursors,
// filters, CSV and NDJSON. A kind says how it is shown and which filters it knows; the rest is
// here.
#pragma once

#include "api/routing/route.h"
#include "api/routing/write.h"

#include <string>
#include <string_view>
#include <vector>

namespace daybook::api {

struct Resource {
    EntityKind kind = EntityKind::none;
    std::string_view path; // "invoices": below /api/v1/companies/{company}/
    Show show;             // Whole, as GET one answers.
    Show show_in_list;     // Without what is long (lines).
    Schema schema;
    Schema list_schema;
    std::vector<Parameter> filters;            // Of the list.
    std::vector<projections::SortKey> sorts;   // The first is the default.
    std::vector<std::string_view> csv_columns; // Member names, dots into objects.
    // What a list below a thing leaves out besides what its parameters say; null = nothing.
    std::expected<void, Problem> (*narrow)(const Call&, const CompanyView&,
                                           projections::ListQuery&) = nullptr;
};

// "/api/v1/companies/{company}/invoices" and with "/{id}".
std::string collection_pattern(const Resource& resource);
std::string item_pattern(const Resource& resource);

// GET list and GET one. `resource` must live as long as the routes (a static of its file).
std::vector<Route> reading_routes(const Resource& resource);

// The thing as it stands in the view: 404 not_found, not_yet_created or removed_by_rollback.
std::expected<projections::EntityRow, Problem> find_thing(const CompanyView& view, EntityRef thing);
// Path of the thing, for Location and links.
std::string location_of(const Resource& resource, const Call& call, const Uuid& id);

// id, version, revision, created_at, updated_at: the first members of every thing.
Json common_members(EntityRef thing, const projections::EntityRow& row);
std::vector<Member> common_schema();

} // namespace daybook::api
