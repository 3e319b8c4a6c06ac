// What proofs and checkpoints are about: the book of a company, all of it or as of a moment.
#pragma once

#include "api/routing/call.h"

#include <optional>

namespace daybook::api {

struct ProvenBook {
    command::CompanyLine where;
    Revision size = 0;                    // Records of the book at that moment; ends a commit.
    std::optional<CompanyView> at_moment; // Nothing: it is the newest.
};

// Views are asked only for a moment, so that proofs are given while the views are built again.
std::expected<ProvenBook, Problem> open_proven_book(const Call& call);

// Of which moment the answer is, as every answer below a company says it.
void add_moment_headers(Response& response, const ProvenBook& book);

} // namespace daybook::api
