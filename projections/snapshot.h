// What the API may ask of the books: one company, at one moment, from one pinned view of the store.
//
// Every answer that belongs to one request comes from one Snapshot, so its numbers agree. The same
// calls answer for now and for any earlier commit end; nobody behind them knows the difference.
// Threads: a Snapshot is used by one thread at a time; many may exist at once.
#pragma once

#include "engine/domain/balance.h"
#include "engine/domain/states.h"
#include "engine/log/event_log.h"
#include "events/base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace daybook::projections {

// One thing as it stood: layer 1.
struct EntityRow {
    Version version = 0;
    Revision revision = 0; // Last of the commit that made this version.
    Revision first = 0;    // Of the thing's first record: its place in order of creation.
    Timestamp created_at;
    Timestamp updated_at;
    domain::State state; // monostate: gone by a rollback.
};

struct Money {
    Currency currency;
    std::string amount; // Exact decimal text; sums may exceed any one amount.

    bool operator==(const Money&) const = default;
};
BOOST_DESCRIBE_STRUCT(Money, (), (currency, amount))

// Company summary: layer 3. Overdue depends on the day it is shown, so it is asked for with one.
struct Summary {
    std::uint64_t clients = 0;
    std::uint64_t products = 0;
    std::uint64_t drafts = 0;
    std::uint64_t issued = 0; // Invoices that left the draft, whatever became of them.
    std::uint64_t credit_notes = 0;
    std::uint64_t payments = 0;
    std::vector<Money> receivable; // Sum of due.
    std::vector<Money> overdue;
    std::vector<Money> credit_open; // Remaining on credit notes.
    std::vector<Money> unallocated; // Remaining on payments.
};

struct Receivable {
    ClientId client_id;
    Currency currency;
    std::string due;
    std::string overdue;
    std::string credit_open;
    std::string unallocated;
    std::uint64_t open_invoices = 0;
};

BOOST_DEFINE_ENUM_CLASS(SortKey, created, number, issued_on, due_on, name, code, received_on)

struct SortBy {
    SortKey key = SortKey::created;
    bool descending = false;

    bool operator==(const SortBy&) const = default;
};

// What a list shows. Empty filters let everything pass.
struct ListQuery {
    EntityKind kind = EntityKind::invoice;
    std::vector<std::string> status; // Names of the kind's status enumeration, "live", "archived".
    std::optional<ClientId> client_id;
    std::optional<Date> issued_from, issued_to; // Inclusive; received_on for payments.
    std::optional<Date> due_from, due_to;
    std::optional<bool> overdue;
    std::string text;                  // q=: folded, accent- and case-blind, substring.
    std::optional<std::string> number; // Exact number or code.
    std::vector<SortBy> sort; // By the first, equals by the second …; at the end by creation.
    std::size_t limit = 50;
    std::string after; // Position from an earlier page's `next` (opaque bytes); empty = first page.
    bool backward = false; // Page towards the beginning, for `prev`.
    bool count = false;
    bool sums = false;
    Date today; // For overdue.
};

struct ListItem {
    EntityRef thing;
    EntityRow row;
    domain::Settled settled; // Of invoices.
};

struct ListSum {
    Currency currency;
    std::string net, tax, total, due;
};

struct ListPage {
    std::vector<ListItem> items;
    std::string next; // Empty = no more.
    std::string prev;
    std::optional<std::uint64_t> total;
    std::vector<ListSum> sums;
    std::uint64_t rows_examined = 0; // For the benchmark and for metrics.
};

// A thing that changed, as it stands now; its row's revision names the commit that changed it last.
struct ChangedThing {
    EntityRef thing;
    EntityRow row;
};

// Where a page of changes ended.
struct ChangePlace {
    Revision commit = 0; // Last revision of the commit.
    EntityRef thing;

    bool operator==(const ChangePlace&) const = default;
};

struct ChangeQuery {
    Revision after = 0;                // Of later commits only.
    std::optional<ChangePlace> behind; // Go on behind this place; nothing = from the newest.
    std::size_t limit = 50;
    std::size_t rows_examined_max = 1'000; // A page may end before it is full.
};

struct ChangePage {
    std::vector<ChangedThing> things;
    std::optional<ChangePlace> next; // Nothing = no more.
};

class Snapshot {
  public:
    virtual ~Snapshot() = default;

    virtual Revision revision() const = 0; // The moment shown: a commit end (0 = before the first).
    virtual Result<std::optional<EntityRow>> find(EntityRef thing) const = 0;
    virtual Result<domain::Settled> settled(InvoiceId invoice) const = 0;
    // Payments and credit notes with live allocations to the invoice, and credit notes crediting
    // it.
    virtual Result<std::vector<EntityRef>> touching(EntityRef invoice) const = 0;
    virtual Result<ListPage> list(const ListQuery& query) const = 0;
    virtual Result<Summary> summary(Date today) const = 0;
    virtual Result<std::vector<Receivable>> receivables(Date today) const = 0;
    // All things of a small kind (series, settings, periods), in order of creation.
    virtual Result<std::vector<std::pair<EntityRef, EntityRow>>> all(EntityKind kind) const = 0;
    // The things that changed after a revision, each once, at its last change: newest commit first,
    // in a commit by kind and id. What came and went, or went back, is among them too. Costs what
    // changed since, whatever the length of the book.
    virtual Result<ChangePage> changes(const ChangeQuery& query) const = 0;
    // State hash, form 1 (design 5).
    virtual Result<Hash> state_hash() const = 0;
};

} // namespace daybook::projections
