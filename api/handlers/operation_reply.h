// What whoever asked for long work is answered: the operation as it stands, and where to look
// again.
#pragma once

#include "api/operations/operation_answer.h"
#include "api/problem.h"
#include "api/routing/call.h"

#include <expected>

namespace daybook::api {

Response operation_reply(int status, const OperationAnswer& answer);
void reply_with(const Call& call, int status,
                const std::expected<OperationAnswer, Problem>& outcome, const Respond& respond);

} // namespace daybook::api
