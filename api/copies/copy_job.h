// A copy of a company as of any moment: its records 1 … r verbatim in a line of their own, then the
// fork event that says whose they are (design 5). A sandbox until it is activated: its numbers
// begin with TEST-, and it sends nothing.
#pragma once

#include "api/operations/operations.h"
#include "api/problem.h"

#include <expected>
#include <functional>
#include <string>

namespace daybook::api {

struct CopyRequest {
    CompanyId company;
    Revision until = 0; // A commit end.
    std::string name;   // Of the copy; empty = as it was.
    std::string reason;
    command::Submission asked; // Actor, source and idempotency key.
};

// Called once: with the operation as noted, or as it ended when `wait` is asked for; or refused.
struct CopyAnswer {
    Operation operation;
    bool replayed = false;
};
using CopyAnswered = std::function<void(const std::expected<CopyAnswer, Problem>&)>;
void start_copy(Service& service, Operations& operations, CopyRequest request, bool wait,
                CopyAnswered answered);

} // namespace daybook::api
