#include "api/handlers/operation_reply.h"

namespace daybook::api {

Response operation_reply(int status, const OperationAnswer& answer) {
    Response response = json_response(status, show_operation(answer.operation));
    response.headers.emplace_back("Location", "/api/v1/operations/" + to_text(answer.operation.id));
    if (answer.replayed)
        response.headers.emplace_back("Idempotency-Replayed", "true");
    return response;
}

void reply_with(const Call& call, int status,
                const std::expected<OperationAnswer, Problem>& outcome, const Respond& respond) {
    if (!outcome)
        return refuse(call, respond, outcome.error());
    respond(operation_reply(status, *outcome));
}

} // namespace daybook::api
