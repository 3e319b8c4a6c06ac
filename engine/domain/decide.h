// decide(books, command) -> events or a refusal. Pure: no clock, disk, randomness or log inside;
// the same arguments give the same answer, so a decision can be taken again to preview it.
#pragma once

#include "engine/domain/books.h"
#include "engine/domain/commands.h"
#include "engine/domain/refusal.h"

#include <expected>
#include <optional>
#include <vector>

namespace daybook::domain {

struct Circumstances {
    CompanyId company;
    Date today; // In the company's zone.
};

struct NewEvent {
    EntityRef thing;
    Event event;
    std::optional<Date> effective_on; // Business date: issued, received, refunded …
    std::optional<External> external; // Of an imported thing.

    bool operator==(const NewEvent&) const = default;
};

// No events: the command asks for what is already so; nothing is written.
using Decision = std::expected<std::vector<NewEvent>, Refusal>;

Decision decide(const Books& books, const Command& command, const Circumstances& circumstances);

} // namespace daybook::domain
