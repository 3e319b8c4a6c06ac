// Where a page of a list ends, as text that means nothing to its holder:
//
//     base64url( version u8 ‖ backward u8 ‖ revision u64 ‖ today i32 ‖ digest 8 bytes ‖ position )
//
// The revision is that of the first page and `today` the day it was asked on, so that later pages
// show the same books on the same day; the digest binds it to the path and the filters it came
// from. It is not signed: it names nothing that its holder could not ask for anyway.
#pragma once

#include "events/calendar.h"
#include "events/identifiers.h"

#include <optional>
#include <string>
#include <string_view>

namespace daybook::api {

struct ListCursor {
    Revision revision = 0;
    Date today;
    bool backward = false;
    std::string position; // Of the projections (ListQuery::after).

    bool operator==(const ListCursor&) const = default;
};

// `question` is the text of everything that two pages of one list have in common.
std::string encode_cursor(const ListCursor& cursor, std::string_view question);
// Nothing when it is none of ours, or of another question.
std::optional<ListCursor> decode_cursor(std::string_view text, std::string_view question);

} // namespace daybook::api
