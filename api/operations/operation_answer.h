// Who starts long work waits for its end or for a deadline, whichever comes first (RFC 7240, wait).
#pragma once

#include "api/operations/operations.h"
#include "api/problem.h"

#include <chrono>
#include <expected>
#include <functional>

namespace daybook::api {

// The operation as it stands when it is answered, or the refusal. `replayed`: the key was known.
struct OperationAnswer {
    Operation operation;
    bool replayed = false;
};
using OperationAnswered = std::function<void(std::expected<OperationAnswer, Problem>)>;

// The end of the work and the end of the wait may both come; the first one answers.
OperationAnswered answering_once(OperationAnswered answered);
// Answers with what is under way after that long. Zero: at once.
void answer_by_deadline(Operations& operations, const Operation& noted, std::chrono::seconds wait,
                        const OperationAnswered& answered);

} // namespace daybook::api
