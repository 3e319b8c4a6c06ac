#include "api/present/client.h"

#include "api/present/actions.h"
#include "api/private_text.h"
#include "events/base/reflect.h"

namespace daybook::api {
namespace {

using namespace schema;

PartyKind read_kind(Input& input) {
    const std::string kind = input.text("kind", Need::optional, 20);
    if (kind.empty() || kind == "business")
        return PartyKind::business;
    if (kind == "consumer")
        return PartyKind::consumer;
    if (kind == "public")
        return PartyKind::public_body;
    input.fault("kind", domain::Code::unknown_value, "business, consumer or public");
    return PartyKind::business;
}

// Persons, e-mail and telephone go into one blob; nothing given = no blob.
Json read_contacts(Input& input) {
    Json contacts;
    const std::string email = input.text("email", Need::optional, 254);
    const std::string phone = input.text("phone", Need::optional, 50);
    if (!email.empty())
        contacts.set("email", email);
    if (!phone.empty())
        contacts.set("phone", phone);
    JsonArray persons;
    input.objects("contacts", Need::optional, 50, [&](Input& child, std::size_t) {
        Json person;
        for (const char* member : {"name", "email", "phone", "role"})
            if (const std::string value = child.text(member, Need::optional, 254); !value.empty())
                person.set(member, value);
        persons.push_back(person.is_null() ? Json(JsonObject{}) : std::move(person));
    });
    if (!persons.empty())
        contacts.set("contacts", std::move(persons));
    return contacts;
}

Json member_or_null(const Json& object, std::string_view name) {
    const Json* member = object.find(name);
    return member ? *member : Json();
}

void set_input_members(Json& json, const ClientProfile& profile) {
    const Party& party = profile.party;
    json.set("name", party.name);
    json.set("kind", party.kind == PartyKind::public_body ? "public" : enum_name(party.kind));
    json.set("code", text_or_null(party.code));
    json.set("trade_name", text_or_null(party.trade_name));
    json.set("legal_form", text_or_null(party.legal_form));
    json.set("address", show_address(party.address));
    json.set("identifiers", show_identifiers(party));
    json.set("currency", text_or_null(profile.currency.code));
    json.set("locale", text_or_null(profile.language));
    json.set("terms", profile.has_terms ? show_terms(profile.terms) : Json());
    json.set("custom", show_custom(profile.custom));
}

void set_client_members(Json& json, const domain::ClientState& client) {
    set_input_members(json, client.profile);
    json.set("archived", client.archived);
    json.set("merged_into", client.merged_into ? Json(to_text(*client.merged_into)) : Json());
}

// What the sealed words open to: `contacts` is a list also where there is none.
void set_sealed_members(Json& json, const Json& contacts, const Json& notes) {
    json.set("email", member_or_null(contacts, "email"));
    json.set("phone", member_or_null(contacts, "phone"));
    const Json* persons = contacts.find("contacts");
    json.set("contacts", persons ? *persons : Json(JsonArray{}));
    json.set("notes", notes);
}

std::vector<Member> client_input_members() {
    const Schema value = text_or_null_schema();
    const Schema person = object({optional("name", value), optional("email", value),
                                  optional("phone", value), optional("role", value)});
    return {{"name", text()},
            optional("kind", text_of({"business", "consumer", "public"})),
            optional("code", value),
            optional("trade_name", value),
            optional("legal_form", value),
            optional("address", nullable(address_schema())),
            optional("identifiers", nullable(identifiers_schema())),
            optional("currency", value),
            optional("locale", value),
            optional("terms", nullable(terms_schema())),
            optional("custom", nullable(custom_schema())),
            optional("email", value),
            optional("phone", value),
            optional("contacts", nullable(array(person))),
            optional("notes", value)};
}

// The opened blob; null when there is none or it was erased.
std::expected<Json, Problem> open_blob(const Call& call, const CompanyView& view,
                                       const std::optional<Hash>& name) {
    if (!name)
        return Json();
    const auto opened = unseal(call.service.log(), view.where.line, *name);
    if (!opened)
        return std::unexpected(problem_of(opened.error()));
    return *opened ? **opened : Json();
}

} // namespace

ClientInput read_client(Input& input) {
    ClientInput client;
    ClientProfile& profile = client.profile;
    profile.party.name = input.text("name", Need::required);
    profile.party.kind = read_kind(input);
    profile.party.code = input.text("code", Need::optional, 60);
    profile.party.trade_name = input.text("trade_name");
    profile.party.legal_form = input.text("legal_form", Need::optional, 100);
    input.object("address", Need::optional,
                 [&](Input& child) { profile.party.address = read_address(child); });
    input.object("identifiers", Need::optional,
                 [&](Input& child) { read_identifiers(child, profile.party); });
    profile.currency.code = input.text("currency", Need::optional, 3);
    profile.language = input.text("locale", Need::optional, 20);
    profile.has_terms = input.object("terms", Need::optional,
                                     [&](Input& child) { profile.terms = read_terms(child); });
    profile.custom = read_custom(input, "custom");
    client.contacts = read_contacts(input);
    client.notes = input.text("notes", Need::optional, 10'000);
    return client;
}

Schema client_input_schema() { return named("ClientInput", object(client_input_members())); }

Json client_input_json(const ClientProfile& profile, const Json& contacts, const Json& notes) {
    Json json;
    set_input_members(json, profile);
    set_sealed_members(json, contacts, notes);
    return json;
}

Json client_form(const domain::ClientState& client, const Json& contacts, const Json& notes) {
    Json json;
    set_client_members(json, client);
    set_sealed_members(json, contacts, notes);
    return json;
}

std::expected<Json, Problem> show_client_in_list(const Call& call, const CompanyView& view,
                                                 EntityRef thing,
                                                 const projections::EntityRow& row) {
    const auto& client = std::get<domain::ClientState>(row.state);
    Json json = common_members(thing, row);
    set_client_members(json, client);
    const Json contacts = TRY(open_blob(call, view, client.profile.contacts));
    set_sealed_members(json, contacts, TRY(open_blob(call, view, client.profile.private_notes)));
    return json;
}

std::expected<Json, Problem> show_client(const Call& call, const CompanyView& view, EntityRef thing,
                                         const projections::EntityRow& row) {
    Json json = TRY(show_client_in_list(call, view, thing, row));
    json.set("actions", TRY(show_actions(call, view, thing, row.state)));
    return json;
}

Schema client_schema() {
    return named("Client", extended(extended(object(common_schema()), client_input_members()),
                                    {{"archived", boolean()},
                                     {"merged_into", nullable(uuid())},
                                     {"actions", actions_schema(domain::ClientState{})}}));
}

} // namespace daybook::api
