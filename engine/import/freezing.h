// A document of the file as a fact for ever: what is stated, and what our calculator makes of it
// beside.
//
// Stated amounts enter through the one calculator too, each as a line of quantity 1 at that
// price: so totals and tax of what is stated are sums by the same rules, and nothing here rounds.
// A credit note is kept as what it gives back: its quantities and amounts change sign, its unit
// prices do not.
#pragma once

#include "engine/import/documents.h"
#include "engine/ports.h"
#include "events/trade_events.h"

namespace daybook::import {

// What all documents of an import have in common.
struct Issuer {
    Party seller;
    std::string system;
    Choices choices;
    std::string country_column; // Its name, for documents that have no buyer to carry it.
};

struct Buyer {
    ClientId id;
    Party party;
};

// Refuses as calculate() does, and with negative_total; pointers name "/lines/<index>/…".
std::expected<Imported, domain::Refusal> freeze(const SourceDocument& source,
                                                const std::optional<Buyer>& buyer,
                                                const Issuer& issuer, IdSource& ids);

// A country as the file writes it, and its code where we know it.
Address address_in(std::string_view country);

} // namespace daybook::import
