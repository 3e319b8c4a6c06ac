#include "api/handlers/clients.h"

#include "api/handlers/reasoned_verb.h"
#include "api/merge_patch.h"
#include "api/present/client.h"
#include "api/private_text.h"

namespace daybook::api {
namespace {

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
        {"id", "code", "name", "kind", "address.line1", "address.line2", "address.postal_code",
         "address.city", "address.country", "identifiers.siren", "identifiers.vat_number",
         "currency", "archived"}};
    return kClients;
}

std::expected<ClientInput, Problem> read(const Json& body) {
    return read_input<ClientInput>(body, read_client);
}

// Seals a text unless it is what the old blob already holds, whose name is kept then.
std::optional<Hash> seal_if_new(const Call& call, Write& write, const Json& value,
                                const Json& old_value, const std::optional<Hash>& old_name,
                                std::string role) {
    if (value.is_null())
        return std::nullopt;
    if (old_name && value == old_value)
        return old_name;
    write.persons.push_back(seal(call.service.ids(), value, std::move(role)));
    return write.persons.back().blob.name;
}

Json notes_json(const ClientInput& input) {
    return input.notes.empty() ? Json() : Json(input.notes);
}

std::expected<Write, Problem> create(const Call& call) {
    const Json body = TRY(parse_body(call.request));
    ClientInput input = TRY(read(body));
    Write write;
    input.profile.contacts = seal_if_new(call, write, input.contacts, {}, {}, "contacts");
    input.profile.private_notes =
        seal_if_new(call, write, notes_json(input), {}, {}, "private_notes");
    const ClientId id{call.service.ids().next_id()};
    write.thing = {EntityKind::client, id.value};
    write.status = 201;
    write.location = location_of(clients(), call, id.value);
    write.show = show_client;
    write.command = domain::CreateClient{id, std::move(input.profile)};
    return write;
}

std::expected<Write, Problem> change(const Call& call) {
    const CompanyView view = TRY(open_company(call));
    const EntityRef thing{EntityKind::client, TRY(call.id("id"))};
    const projections::EntityRow row = TRY(find_thing(view, thing));
    const ClientProfile& old = std::get<domain::ClientState>(row.state).profile;
    const Json shown = TRY(show_client(call, view, thing, row));
    Json old_contacts;
    for (const char* member : {"email", "phone", "contacts"})
        if (const Json* value = shown.find(member); value && !value->is_null())
            old_contacts.set(member, *value);
    const Json& old_notes = *shown.find("notes");
    const Json patch = TRY(parse_body(call.request));
    ClientInput input =
        TRY(read(merge_patch(client_input_json(old, old_contacts, old_notes), patch)));
    Write write;
    input.profile.contacts =
        seal_if_new(call, write, input.contacts, old_contacts, old.contacts, "contacts");
    input.profile.private_notes =
        seal_if_new(call, write, notes_json(input), old_notes, old.private_notes, "private_notes");
    // What no request names stays as it is.
    input.profile.delivery_addresses = old.delivery_addresses;
    input.profile.tax_default = old.tax_default;
    input.profile.credit_limit = old.credit_limit;
    write.thing = thing;
    write.based_on = row.version;
    write.show = show_client;
    write.command = domain::ChangeClient{ClientId{thing.id}, std::move(input.profile)};
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
                      writing(create)});
    routes.push_back({"PATCH",
                      one,
                      "Change a client",
                      Permission::write,
                      kBodyJson,
                      {},
                      schema::any(),
                      200,
                      schema,
                      changing(change)});
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
