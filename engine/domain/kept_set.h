// Which of the things that changed may go back, so that the books are as valid afterwards as they
// were before and are now (design 5).
//
// The obvious rule, "everything but facts goes back", breaks half of all books: an invoice stays
// and its client goes. So the kept set starts with the facts and grows until it is stable:
//   (a) what a thing of the resulting state names must exist, or that thing stays as it is;
//   (b) where the result would break an invariant (a code held twice, more settled than is owed,
//       more credited than was invoiced, another base currency), its changed members stay.
//   (c) a record of an import stays away when everything that came with it does.
// It ends, since it only grows, and it ends valid: with everything kept the result is the present.
#pragma once

#include "engine/domain/books.h"

#include <optional>
#include <vector>

namespace daybook::domain {

BOOST_DEFINE_ENUM_CLASS(WhyKept, fact, never_returns, referred_to, refers_to_missing, code_taken,
                        overpaid, over_credited, base_currency_frozen)

// Numbers and locks are things of their own so that they never go back; a timeline tells of it.
bool never_returns(EntityKind kind);

struct KeptBecause {
    WhyKept why = WhyKept::fact;
    std::string_view fact;            // Name of the event, where that is the reason.
    std::optional<EntityRef> because; // The other thing, where there is one.

    bool operator==(const KeptBecause&) const = default;
};

// A thing that is not now what it was.
struct Changed {
    Passage passage;
    State then;
    State now;
    bool asked =
        true; // In scope. The others stay, whatever happens, and are weighed with the rest.
};

// One verdict a thing, in order: why it stays, or nothing when it goes back. Things that were not
// asked for get none, and stay.
std::vector<std::optional<KeptBecause>> kept_set(const Books& books,
                                                 const std::vector<Changed>& changed);

} // namespace daybook::domain
