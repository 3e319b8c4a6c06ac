// What a list asks of a thing, without the thing: the few members it is found, sorted, counted and
// summed by. A card is a function of one entity row (layer 1), stored in front of it, so that a
// page of fifty does not decode ten thousand documents.
#pragma once

#include "projections/snapshot.h"

#include <optional>
#include <string>

namespace daybook::projections {

struct Card {
    Version version = 0;
    Revision revision = 0;
    Revision first = 0;
    Timestamp created_at;
    Timestamp updated_at;
    bool exists = false;
    bool draft = false;
    std::string status; // In words; of an issued invoice it depends on what settles it: empty.
    std::optional<ClientId> client_id; // Of a file: whose it is, whatever kind that is.
    Currency currency;
    std::optional<Date> dated; // issued_on, or received_on.
    std::optional<Date> due_on;
    std::string number; // Or code.
    std::string name;   // Folded.
    std::string search; // Folded; what q= looks into.
    Amount net;
    Amount tax;
    Amount total;
    Amount payable;
    Amount written_off;
    Amount remaining; // Of a credit note or payment.
    // Of a document with a number of ours.
    std::optional<SeriesId> series_id;
    std::string period;
    std::uint64_t sequence = 0;

    bool operator==(const Card&) const = default;
};
BOOST_DESCRIBE_STRUCT(Card, (),
                      (version, revision, first, created_at, updated_at, exists, draft, status,
                       client_id, currency, dated, due_on, number, name, search, net, tax, total,
                       payable, written_off, remaining, series_id, period, sequence))

Card card_of(const EntityRow& row);

// As the domain judges it (engine/domain/balance.h), from what the card holds.
Amount due_of(const Card& invoice, const domain::Settled& settled);
bool is_overdue(const Card& invoice, const domain::Settled& settled, Date today);
// In words, of any thing.
std::string status_of(EntityKind kind, const Card& card, const domain::Settled& settled);

// Where a document stands in order of date: a draft without a date, on the day it was made.
Date day_of(const Card& card);

} // namespace daybook::projections
