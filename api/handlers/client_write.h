// What becomes of a request about a client, or of a row of a list: the new profile, with contacts
// and notes sealed apart (private_text.h).
#pragma once

#include "api/routing/call.h"

#include <vector>

namespace daybook::api {

struct ClientWrite {
    ClientProfile profile;
    std::vector<command::NewPerson> persons;
};

std::expected<ClientWrite, Problem> new_client(const Call& call, const Json& body);
// `patch` is merged into what the client is (RFC 7396).
std::expected<ClientWrite, Problem> changed_client(const Call& call, const CompanyView& view,
                                                   EntityRef thing,
                                                   const projections::EntityRow& row,
                                                   const Json& patch);

} // namespace daybook::api
