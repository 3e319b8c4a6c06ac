// One thing out of a backup into the living company: a client, a product or a draft becomes what
// the file holds, by the command that anybody would have given. What is issued is a fact of its own
// books; of it, a draft is made. An attached file comes with its bytes.
#pragma once

#include "api/restores/restore_job.h"
#include "api/routing/route.h"

namespace daybook::api {

// `desk` outlives the routes.
std::vector<Route> take_out_routes(RestoreDesk& desk);
std::vector<Route> take_file_routes(RestoreDesk& desk); // take_file.cpp

// Which company takes it: {company_id}.
std::expected<std::string, Problem> read_taker(const Call& call);
// The thing as the file holds it, at the moment asked for.
std::expected<domain::State, Problem> state_inside(Service& books, const Call& call,
                                                   CompanyId company, EntityRef thing);

} // namespace daybook::api
