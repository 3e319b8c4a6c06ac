#include "api/handlers/clients.h"

#include "api/handlers/client_write.h"
#include "api/handlers/reasoned_verb.h"
#include "api/present/client.h"

namespace daybook::api {
const Resource& clients() {
    static const Resource kClients{
        EntityKind::client,
        "clients",
        show_client,
        show_client_in_list,
        client_schema(),
        client_schema(),
        {{"status", "live, archived"}, {"code", "exact code"}},
        {projections::SortKey::created, projections::SortKey::name, projections::SortKey::code},
        {"id",
         "code",
         "name",
         "kind",
         "trade_name",
         "legal_form",
         "address.line1",
         "address.line2",
         "address.postal_code",
         "address.city",
         "address.region",
         "address.country",
         "address.country_text",
         "identifiers.siren",
         "identifiers.siret",
         "identifiers.vat_number",
         "identifiers.register",
         "currency",
         "locale",
         "email",
         "phone",
         "contacts",
         "terms",
         "notes",
         "custom",
         "archived"}};
    return kClients;
}

namespace {

std::expected<Write, Problem> create_client(const Call& call) {
    const Json body = TRY(parse_body(call.request));
    ClientWrite client = TRY(new_client(call, body));
    const ClientId id{call.service.ids().next_id()};
    Write write;
    write.persons = std::move(client.persons);
    write.thing = {EntityKind::client, id.value};
    write.status = 201;
    write.location = location_of(clients(), call, id.value);
    write.show = show_client;
    write.command = domain::CreateClient{id, std::move(client.profile)};
    return write;
}

std::expected<Write, Problem> change_client(const Call& call) {
    const CompanyView view = TRY(open_company(call));
    const EntityRef thing{EntityKind::client, TRY(call.id("id"))};
    const projections::EntityRow row = TRY(find_thing(view, thing));
    const Json patch = TRY(parse_body(call.request));
    ClientWrite client = TRY(changed_client(call, view, thing, row, patch));
    Write write;
    write.persons = std::move(client.persons);
    write.thing = thing;
    write.based_on = row.version;
    write.show = show_client;
    write.command = domain::ChangeClient{ClientId{thing.id}, std::move(client.profile)};
    return write;
}

} // namespace

std::vector<Route> client_routes() {
    std::vector<Route> routes = reading_routes(clients());
    const std::string one = item_pattern(clients());
    const Schema schema = client_schema();
    routes.push_back({"POST",
                      collection_pattern(clients()),
                      "Create a client",
                      Permission::write,
                      kBodyJson,
                      {},
                      client_input_schema(),
                      201,
                      schema,
                      writing(create_client)});
    routes.push_back({"PATCH",
                      one,
                      "Change a client",
                      Permission::write,
                      kBodyJson,
                      {},
                      schema::any(),
                      200,
                      schema,
                      changing(change_client)});
    routes.push_back({"POST",
                      one + "/archive",
                      "Archive a client",
                      Permission::write,
                      kBodyJson,
                      {},
                      reason_schema(),
                      200,
                      schema,
                      reasoned_verb<domain::ArchiveClient>(EntityKind::client, show_client)});
    routes.push_back({"POST",
                      one + "/unarchive",
                      "Take a client out of the archive",
                      Permission::write,
                      kBodyJson,
                      {},
                      reason_schema(),
                      200,
                      schema,
                      reasoned_verb<domain::UnarchiveClient>(EntityKind::client, show_client)});
    return routes;
}

} // namespace daybook::api
