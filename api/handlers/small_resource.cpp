#include "api/handlers/small_resource.h"

namespace daybook::api {
namespace {

Reply list_all(EntityKind kind, const Show& show, const Call& call) {
    const CompanyView view = TRY(open_company(call));
    const auto all = view.snapshot->all(kind);
    if (!all)
        return std::unexpected(problem_of(all.error()));
    JsonArray items;
    for (const auto& [thing, row] : *all)
        if (domain::exists(row.state))
            items.push_back(TRY(show(call, view, thing, row)));
    Json body = whole_list(std::move(items));
    body.set("revision", view.snapshot->revision());
    return json_response(200, body, view);
}

Reply get_one(EntityKind kind, const Show& show, const Call& call) {
    const CompanyView view = TRY(open_company(call));
    const EntityRef thing{kind, TRY(call.id("id"))};
    const projections::EntityRow row = TRY(find_thing(view, thing));
    const std::string tag = etag_of(call, view.where, row);
    Response response;
    if (not_modified(call, tag))
        response.status = 304;
    else
        response = json_response(200, TRY(show(call, view, thing, row)), view);
    response.headers.emplace_back("ETag", tag);
    return response;
}

} // namespace

std::vector<Route> small_reading_routes(EntityKind kind, const std::string& path, const Show& show,
                                        const Schema& schema) {
    const std::string collection = settings_path(path);
    return {{"GET",
             collection,
             "List",
             Permission::read,
             kBodyNone,
             moment_parameters(),
             {},
             200,
             schema::list_of(schema),
             reading([=](const Call& call) { return list_all(kind, show, call); })},
            {"GET",
             collection + "/{id}",
             "One thing",
             Permission::read,
             kBodyNone,
             moment_parameters(),
             {},
             200,
             schema,
             reading([=](const Call& call) { return get_one(kind, show, call); })}};
}

} // namespace daybook::api
