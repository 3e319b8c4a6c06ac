#include "api/handlers/resource.h"

#include "api/handlers/list_request.h"
#include "events/base/reflect.h"

namespace daybook::api {
namespace {

using domain::Code;

Reply get_one(const Resource& resource, const Call& call) {
    const CompanyView view = TRY(open_company(call));
    const EntityRef thing{resource.kind, TRY(call.id("id"))};
    const projections::EntityRow row = TRY(find_thing(view, thing));
    return tagged_reply(call, view, row, [&] { return resource.show(call, view, thing, row); });
}

} // namespace

std::string collection_pattern(const Resource& resource) {
    return "/api/v1/companies/{company}/" + std::string(resource.path);
}

std::string item_pattern(const Resource& resource) {
    return collection_pattern(resource) + "/{id}";
}

std::vector<Route> reading_routes(const Resource& resource) {
    std::vector<Parameter> parameters = list_parameters({});
    parameters.insert(parameters.end(), resource.filters.begin(), resource.filters.end());
    return {{"GET", collection_pattern(resource), "List", Permission::read, kBodyNone, parameters,
             std::nullopt, 200, schema::list_of(resource.list_schema),
             reading([&resource](const Call& call) { return list(resource, call); })},
            {"GET", item_pattern(resource), "One thing", Permission::read, kBodyNone,
             moment_parameters(), std::nullopt, 200, resource.schema,
             reading_tagged([&resource](const Call& call) { return get_one(resource, call); })}};
}

std::expected<projections::EntityRow, Problem> find_thing(const CompanyView& view,
                                                          EntityRef thing) {
    const auto row = view.snapshot->find(thing);
    if (!row)
        return std::unexpected(problem_of(row.error()));
    if (!*row)
        return std::unexpected(problem_of(
            domain::Refusal{view.now ? Code::not_found : Code::not_yet_created,
                            "no such " + std::string(enum_name(thing.kind)) + " at this moment",
                            {},
                            {}}));
    if (!domain::exists((*row)->state))
        return std::unexpected(problem_of(domain::Refusal{
            Code::removed_by_rollback, "", {}, {{"revision", std::to_string((*row)->revision)}}}));
    return **row;
}

std::string location_of(const Resource& resource, const Call& call, const Uuid& id) {
    return "/api/v1/companies/" + call.path.find("company")->second + "/"
           + std::string(resource.path) + "/" + to_text(id);
}

Json common_members(EntityRef thing, const projections::EntityRow& row) {
    Json json;
    json.set("id", to_text(thing.id));
    json.set("version", row.version);
    json.set("revision", row.revision);
    json.set("created_at", to_text(row.created_at));
    json.set("updated_at", to_text(row.updated_at));
    return json;
}

std::vector<Member> common_schema() {
    using namespace schema;
    return {{"id", uuid()},
            {"version", integer()},
            {"revision", integer()},
            {"created_at", instant()},
            {"updated_at", instant()}};
}

} // namespace daybook::api
