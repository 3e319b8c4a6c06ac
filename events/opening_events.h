// The opening of a line whose history was left out: first HistoryLeftOut, which is the company as
// it was and says of which line and revision; then one event for each thing that existed, which
// says what it is and not how it became so. Between them the names of commands that were carried
// out before, so that none is carried out twice.
//
// The fields of each are those of the thing's state, in their order (engine/domain/opening.h, which
// does not compile where they differ).
#pragma once

#include "events/company_events.h"
#include "events/record_keeping_events.h"
#include "events/trade_events.h"

namespace daybook {

// How far a series came in a period, in documents that are there and in others.
struct SeriesCounter {
    SeriesId series_id;
    std::string period;
    std::uint64_t last = 0;
    std::optional<Date> last_issued_on;
    bool operator==(const SeriesCounter&) const = default;
};
BOOST_DESCRIBE_STRUCT(SeriesCounter, (), (series_id, period, last, last_issued_on))

struct HistoryLeftOut {
    ForkParent of;        // Of what this is the state; its file_sha256 is not set.
    Revision through = 0; // The last record of the opening; ordinary ones follow.
    CompanyProfile profile;
    BookMode mode = BookMode::live;
    bool archived = false;
    bool retired = false;
    std::vector<SeriesCounter> counters;
    bool has_documents = false; // Some were recorded, whether they are there or not.
    bool operator==(const HistoryLeftOut&) const = default;
};
BOOST_DESCRIBE_STRUCT(HistoryLeftOut, (),
                      (of, through, profile, mode, archived, retired, counters, has_documents))

struct KeptCommand {
    Hash key;          // SHA-256 of who asked and his idempotency key (engine/command).
    Hash request_hash; // Of what he asked.
    bool operator==(const KeptCommand&) const = default;
};
BOOST_DESCRIBE_STRUCT(KeptCommand, (), (key, request_hash))

struct CommandsKept {
    std::vector<KeptCommand> commands;
    bool operator==(const CommandsKept&) const = default;
};
BOOST_DESCRIBE_STRUCT(CommandsKept, (), (commands))

// ---- settings --------------------------------------------------------------------------------

struct SeriesOpened {
    SeriesTerms series;
    bool closed = false;
    bool operator==(const SeriesOpened&) const = default;
};
BOOST_DESCRIBE_STRUCT(SeriesOpened, (), (series, closed))

struct TaxRateOpened {
    TaxRateDefined definition;
    bool retired = false;
    bool operator==(const TaxRateOpened&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaxRateOpened, (), (definition, retired))

struct TermsOpened {
    TermsDefined definition;
    bool operator==(const TermsOpened&) const = default;
};
BOOST_DESCRIBE_STRUCT(TermsOpened, (), (definition))

struct MoneyAccountOpened {
    MoneyAccountDefined definition;
    bool retired = false;
    bool operator==(const MoneyAccountOpened&) const = default;
};
BOOST_DESCRIBE_STRUCT(MoneyAccountOpened, (), (definition, retired))

struct PeriodOpened {
    Date through;
    bool lifted = false;
    bool operator==(const PeriodOpened&) const = default;
};
BOOST_DESCRIBE_STRUCT(PeriodOpened, (), (through, lifted))

// ---- trade -----------------------------------------------------------------------------------

struct ClientOpened {
    ClientProfile profile;
    bool archived = false;
    std::optional<ClientId> merged_into;
    bool operator==(const ClientOpened&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClientOpened, (), (profile, archived, merged_into))

struct ProductOpened {
    ProductProfile profile;
    bool archived = false;
    bool operator==(const ProductOpened&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProductOpened, (), (profile, archived))

BOOST_DEFINE_ENUM_CLASS(InvoiceStage, draft, issued, voided)

struct WriteOffEntry {
    WriteOff write_off;
    std::optional<Date> reversed_on;
    bool operator==(const WriteOffEntry&) const = default;
};
BOOST_DESCRIBE_STRUCT(WriteOffEntry, (), (write_off, reversed_on))

struct InvoiceOpened {
    InvoiceStage stage = InvoiceStage::draft;
    bool imported = false;
    Frozen content;                    // Of a draft: the document and what it would come to.
    std::optional<Hash> private_notes; // Blob.
    std::vector<std::string> tags;
    std::vector<WriteOffEntry> write_offs;
    std::string stated_status;
    bool operator==(const InvoiceOpened&) const = default;
};
BOOST_DESCRIBE_STRUCT(InvoiceOpened, (),
                      (stage, imported, content, private_notes, tags, write_offs, stated_status))

// An allocation or refund stays listed after it has ended; only live ones count.
struct AllocationEntry {
    Allocation allocation;
    std::optional<Date> ended_on;
    bool operator==(const AllocationEntry&) const = default;
};
BOOST_DESCRIBE_STRUCT(AllocationEntry, (), (allocation, ended_on))

struct RefundEntry {
    Refund refund;
    std::optional<Date> reversed_on;
    bool operator==(const RefundEntry&) const = default;
};
BOOST_DESCRIBE_STRUCT(RefundEntry, (), (refund, reversed_on))

struct CreditNoteOpened {
    bool imported = false;
    Frozen content;
    std::vector<CreditedInvoice> credits;
    CreditKind credit_kind = CreditKind::other;
    std::vector<AllocationEntry> allocations;
    std::vector<RefundEntry> refunds;
    bool operator==(const CreditNoteOpened&) const = default;
};
BOOST_DESCRIBE_STRUCT(CreditNoteOpened, (),
                      (imported, content, credits, credit_kind, allocations, refunds))

struct Reversal {
    Date on;
    ReversalCause cause = ReversalCause::mistake;
    std::optional<Amount> fee;
    bool operator==(const Reversal&) const = default;
};
BOOST_DESCRIBE_STRUCT(Reversal, (), (on, cause, fee))

struct PaymentOpened {
    bool imported = false;
    Receipt receipt; // Its allocations are those it was recorded with; the living list is below.
    std::vector<AllocationEntry> allocations;
    std::vector<RefundEntry> refunds;
    std::optional<Reversal> reversal;
    std::optional<Hash> private_note; // Blob.
    std::vector<std::string> tags;
    bool operator==(const PaymentOpened&) const = default;
};
BOOST_DESCRIBE_STRUCT(PaymentOpened, (),
                      (imported, receipt, allocations, refunds, reversal, private_note, tags))

// ---- files, imports --------------------------------------------------------------------------

struct FileOpened {
    FileAttached file;
    bool detached = false;
    bool erased = false;
    bool operator==(const FileOpened&) const = default;
};
BOOST_DESCRIBE_STRUCT(FileOpened, (), (file, detached, erased))

struct ImportOpened {
    ImportRecorded record;
    bool operator==(const ImportOpened&) const = default;
};
BOOST_DESCRIBE_STRUCT(ImportOpened, (), (record))

} // namespace daybook
