// From one page of a list to the next: the cursor that a request brings, and those that its answer
// gives.
#pragma once

#include "api/handlers/list_cursor.h"
#include "api/routing/call.h"

#include <optional>
#include <string>

namespace daybook::api {

struct PageTurn {
    std::string question;             // What all pages of one list have in common.
    std::optional<ListCursor> cursor; // Nothing: it is the first page.
};

// 400 bad_cursor for one that is not of this list. `epoch` is that of the book, if it is of one.
std::expected<PageTurn, Problem> read_turn(const Call& call, Epoch epoch = 0);
// A later page shows the books of the first one: nothing comes twice and nothing is left out,
// whatever is written in between.
std::expected<void, Problem> move_to(const Call& call, const ListCursor& cursor, CompanyView& view);

} // namespace daybook::api
