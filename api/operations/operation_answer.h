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

// How the work of an operation is done, and how it is cancelled where it can be.
struct Work {
    std::function<void(const Operation& noted)> begin;
    std::function<void()> cancel; // Empty: it cannot be.
};
// Notes the operation, which then runs, and begins its work. Answers with the operation
// that the key began before, whose work is not begun again; or after `wait` (zero: at once) with
// what is under way.
void begin_operation(Operations& operations, Operation operation, const command::Submission& asked,
                     std::chrono::seconds wait, const OperationAnswered& answered, Work work);

// The error of an operation that failed: as a problem says it, without its status.
Json operation_error(const Problem& no);

} // namespace daybook::api
