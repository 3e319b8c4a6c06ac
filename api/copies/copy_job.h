// A copy of a company as of any moment: its records 1 … r verbatim in a line of their own, then the
// fork event that says whose they are (design 5). A sandbox until it is activated: its numbers
// begin with TEST-, and it sends nothing.
#pragma once

#include "api/operations/operation_answer.h"
#include "api/routing/preview.h"

#include <string>

namespace daybook::api {

struct CopyRequest {
    CompanyId company;
    Revision until = 0; // A commit end.
    std::string name;   // Of the copy; empty = as it was.
    std::string reason;
    command::Submission asked; // Actor, source and idempotency key.
};

// What the copy would be, and how it would begin; nothing is copied.
std::expected<Preview, Problem> preview_copy(Service& service, const CopyRequest& request);
// Calls back once: when it has ended, or with what is under way after that long.
void start_copy(Service& service, Operations& operations, CopyRequest request,
                std::chrono::seconds wait, OperationAnswered answered);

} // namespace daybook::api
