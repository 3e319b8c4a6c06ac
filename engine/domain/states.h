// What each thing is: the state S(e,k) that its events lead to (design 2.2). Plain values, folded
// by evolve(), read by deciders, stored as entity rows by projections.
#pragma once

#include "events/event.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace daybook::domain {

// Parts of states that the opening of a line tells of too (events/opening_events.h).
using daybook::AllocationEntry;
using daybook::InvoiceStage;
using daybook::RefundEntry;
using daybook::Reversal;
using daybook::WriteOffEntry;

struct CompanyState {
    CompanyProfile profile;
    BookMode mode = BookMode::live;
    bool archived = false;
    bool retired = false;

    bool operator==(const CompanyState&) const = default;
};
BOOST_DESCRIBE_STRUCT(CompanyState, (), (profile, mode, archived, retired))

// Last numbers are not here: they never go back (Books::series_position).
struct SeriesState {
    SeriesTerms series;
    bool closed = false;

    bool operator==(const SeriesState&) const = default;
};
BOOST_DESCRIBE_STRUCT(SeriesState, (), (series, closed))

struct TaxRateState {
    TaxRateDefined definition;
    bool retired = false;

    bool operator==(const TaxRateState&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaxRateState, (), (definition, retired))

struct TermsState {
    TermsDefined definition;

    bool operator==(const TermsState&) const = default;
};
BOOST_DESCRIBE_STRUCT(TermsState, (), (definition))

struct MoneyAccountState {
    MoneyAccountDefined definition;
    bool retired = false;

    bool operator==(const MoneyAccountState&) const = default;
};
BOOST_DESCRIBE_STRUCT(MoneyAccountState, (), (definition, retired))

// One lock. The books are locked through the latest of those that are not lifted.
struct PeriodState {
    Date through;
    bool lifted = false;

    bool operator==(const PeriodState&) const = default;
};
BOOST_DESCRIBE_STRUCT(PeriodState, (), (through, lifted))

struct ClientState {
    ClientProfile profile;
    bool archived = false;
    std::optional<ClientId> merged_into;

    bool operator==(const ClientState&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClientState, (), (profile, archived, merged_into))

struct ProductState {
    ProductProfile profile;
    bool archived = false;

    bool operator==(const ProductState&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProductState, (), (profile, archived))

struct InvoiceState {
    InvoiceStage stage = InvoiceStage::draft;
    bool imported = false;
    Frozen content; // Of a draft: the document and what it would come to; no number, no parties.
    std::optional<Hash> private_notes;
    std::vector<std::string> tags;
    std::vector<WriteOffEntry> write_offs;
    std::string stated_status; // Of an import.

    bool operator==(const InvoiceState&) const = default;
};
BOOST_DESCRIBE_STRUCT(InvoiceState, (),
                      (stage, imported, content, private_notes, tags, write_offs, stated_status))

struct CreditNoteState {
    bool imported = false;
    Frozen content;
    std::vector<CreditedInvoice> credits;
    CreditKind credit_kind = CreditKind::other;
    std::vector<AllocationEntry> allocations;
    std::vector<RefundEntry> refunds;

    bool operator==(const CreditNoteState&) const = default;
};
BOOST_DESCRIBE_STRUCT(CreditNoteState, (),
                      (imported, content, credits, credit_kind, allocations, refunds))

struct PaymentState {
    bool imported = false;
    Receipt receipt; // Its allocations are those it was recorded with; the living list is below.
    std::vector<AllocationEntry> allocations;
    std::vector<RefundEntry> refunds;
    std::optional<Reversal> reversal;
    std::optional<Hash> private_note;
    std::vector<std::string> tags;

    bool operator==(const PaymentState&) const = default;
};
BOOST_DESCRIBE_STRUCT(PaymentState, (),
                      (imported, receipt, allocations, refunds, reversal, private_note, tags))

struct FileState {
    FileAttached file;
    bool detached = false;
    bool erased = false;

    bool operator==(const FileState&) const = default;
};
BOOST_DESCRIBE_STRUCT(FileState, (), (file, detached, erased))

struct ImportState {
    ImportRecorded record;

    bool operator==(const ImportState&) const = default;
};
BOOST_DESCRIBE_STRUCT(ImportState, (), (record))

struct TimelineState {
    CompanyRolledBack last;

    bool operator==(const TimelineState&) const = default;
};
BOOST_DESCRIBE_STRUCT(TimelineState, (), (last))

using AnyState =
    std::variant<std::monostate, CompanyState, SeriesState, TaxRateState, TermsState,
                 MoneyAccountState, PeriodState, ClientState, ProductState, InvoiceState,
                 CreditNoteState, PaymentState, FileState, ImportState, TimelineState>;

// One of them; std::monostate: the thing does not exist.
struct State : Sum<AnyState> {
    using Sum::Sum;
    friend bool operator==(const State& a, const State& b); // Compiled once, too.
};

} // namespace daybook::domain

extern template struct daybook::Sum<daybook::domain::AnyState>;

namespace daybook::domain {

inline bool exists(const State& state) { return !std::holds_alternative<std::monostate>(state); }

// The state after an ordinary event. `Returned` is not one: whoever folds resolves it, since only
// he has the earlier versions (engine/command/fold.h). Total: it applies what was decided and
// checks nothing but that the event fits the kind of thing; a misfit is a bug or a forged log.
Result<State> evolve(State before, const Event& event);

// The kind of a state's thing; EntityKind::none for monostate.
EntityKind kind_of(const State& state);

} // namespace daybook::domain
