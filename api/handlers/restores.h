// Whole companies on their way in: POST /imports of a backup, proposals of that kind, and taking a
// replacement back.
#pragma once

#include "api/restores/restore_job.h"
#include "api/routing/route.h"

namespace daybook::api {

// That POST /imports is about a backup: by its mode, by an upload it names, or by the first bytes
// of its body.
bool is_restore(const Request& request);
// Whether the upload that is named is a list, for it is no archive: then it becomes the request's
// body, as if it had been sent so.
std::expected<bool, Problem> take_list(const RestoreDesk& desk, Request& request);
void post_restore(RestoreDesk& desk, Call call, const Respond& respond);
// …/run and …/discard of an operation that post_restore() proposed.
void run_restore(RestoreDesk& desk, const Call& call, const Operation& proposal,
                 OperationAnswered answered);

std::vector<Parameter> restore_parameters();
std::vector<Route> replacement_routes(RestoreDesk& desk);

} // namespace daybook::api
