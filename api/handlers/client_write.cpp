#include "api/handlers/client_write.h"

#include "api/handlers/reading_body.h"
#include "api/merge_patch.h"
#include "api/present/client.h"
#include "api/private_text.h"

namespace daybook::api {
namespace {

std::expected<ClientInput, Problem> read(const Json& body) {
    return read_input<ClientInput>(body, read_client);
}

// Seals a text unless it is what the old blob already holds, whose name is kept then.
std::optional<Hash> seal_if_new(const Call& call, ClientWrite& write, const Json& value,
                                const Json& old_value, const std::optional<Hash>& old_name,
                                std::string role) {
    if (value.is_null())
        return std::nullopt;
    // As they are sealed: in whatever order somebody names the members.
    if (old_name && to_canonical_json(value) == to_canonical_json(old_value))
        return old_name;
    write.persons.push_back(seal(call.service.ids(), value, std::move(role)));
    return write.persons.back().blob.name;
}

bool is_empty(const Json& value) { return value.is_array() && value.if_array()->empty(); }

Json notes_json(const ClientInput& input) {
    return input.notes.empty() ? Json() : Json(input.notes);
}

} // namespace

std::expected<ClientWrite, Problem> new_client(const Call& call, const Json& body) {
    ClientInput input = TRY(read(body));
    ClientWrite write;
    input.profile.contacts = seal_if_new(call, write, input.contacts, {}, {}, "contacts");
    input.profile.private_notes =
        seal_if_new(call, write, notes_json(input), {}, {}, "private_notes");
    write.profile = std::move(input.profile);
    return write;
}

std::expected<ClientWrite, Problem> changed_client(const Call& call, const CompanyView& view,
                                                   EntityRef thing,
                                                   const projections::EntityRow& row,
                                                   const Json& patch) {
    const ClientProfile& old = std::get<domain::ClientState>(row.state).profile;
    const Json shown = TRY(show_client(call, view, thing, row));
    Json old_contacts;
    for (const char* member : {"email", "phone", "contacts"})
        if (const Json* value = shown.find(member); value && !value->is_null() && !is_empty(*value))
            old_contacts.set(member, *value);
    const Json& old_notes = *shown.find("notes");
    ClientInput input =
        TRY(read(merge_patch(client_input_json(old, old_contacts, old_notes), patch)));
    ClientWrite write;
    input.profile.contacts =
        seal_if_new(call, write, input.contacts, old_contacts, old.contacts, "contacts");
    input.profile.private_notes =
        seal_if_new(call, write, notes_json(input), old_notes, old.private_notes, "private_notes");
    // What no request names stays as it is.
    input.profile.delivery_addresses = old.delivery_addresses;
    input.profile.tax_default = old.tax_default;
    input.profile.credit_limit = old.credit_limit;
    write.profile = std::move(input.profile);
    return write;
}

} // namespace daybook::api
