// Clients and products as requests give them and answers show them.
#pragma once

#include "api/handlers/resource.h"
#include "api/json/party_json.h"

namespace daybook::api {

// What a request says of a client. The private part is sealed apart from the profile.
struct ClientInput {
    ClientProfile profile;
    Json contacts; // {email, phone, contacts} as given; null = none.
    std::string notes;
};

ClientInput read_client(Input& input);
Schema client_input_schema();
// The members of the request from what is stored; `contacts` and `notes` are the opened blobs.
Json client_input_json(const ClientProfile& profile, const Json& contacts, const Json& notes);

std::expected<Json, Problem> show_client(const Call& call, const CompanyView& view, EntityRef thing,
                                         const projections::EntityRow& row);
// Without its actions, which the list adds: an export leaves nothing out that people leave with.
std::expected<Json, Problem> show_client_in_list(const Call& call, const CompanyView& view,
                                                 EntityRef thing,
                                                 const projections::EntityRow& row);
// What its events say, with the opened blobs (form.h).
Json client_form(const domain::ClientState& client, const Json& contacts, const Json& notes);
Schema client_schema();

} // namespace daybook::api
