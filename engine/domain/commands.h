// What may be asked of a company. Commands are imperative, complete and already well-formed: ids
// of new things, dates and texts are values; money is a Decimal until the decider, who knows the
// currency, makes it an Amount (too_many_decimals names the field).
//
// `reason`, actor and source travel beside the command (engine/command/submission.h).
#pragma once

#include "events/event.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace daybook::domain {

// ---- company and settings ----------------------------------------------------------------------
struct CreateCompany {
    CompanyId id;
    CompanyProfile profile;
    SeriesId invoice_series; // Ids for the series every company starts with.
    SeriesId credit_note_series;
};
struct ChangeCompany {
    CompanyId id;
    CompanyProfile profile; // Full new values.
};
struct ArchiveCompany {
    CompanyId id;
    std::string reason;
};
struct UnarchiveCompany {
    CompanyId id;
    std::string reason;
};
struct RetireCompany {
    CompanyId id;
    std::string reason;
    std::optional<HandedTo> handed_to;
};
struct ReinstateCompany {
    CompanyId id;
    std::string reason;
};
struct ActivateCompany {
    CompanyId id;
    std::string original; // "gone" or "retired"
    std::vector<SeriesFloor> last_numbers;
};
struct DefineSeries {
    SeriesId id;
    SeriesTerms series;
};
struct ChangeSeries {
    SeriesId id;
    SeriesTerms series;
    std::string reason; // Compulsory where numbers are left out.
};
struct CloseSeries {
    SeriesId id;
    std::string reason;
};
struct DefineTaxRate {
    TaxRateId id;
    TaxRateDefined definition;
};
struct RetireTaxRate {
    TaxRateId id;
    std::string reason;
};
struct DefineTerms {
    TermsId id;
    TermsDefined definition;
};
struct DefineMoneyAccount {
    MoneyAccountId id;
    MoneyAccountDefined definition;
};
struct RetireMoneyAccount {
    MoneyAccountId id;
    std::string reason;
};
struct LockPeriod {
    Uuid id;
    Date through;
    std::string reason;
};
struct UnlockPeriod {
    Uuid id;
    std::string reason;
};

// ---- clients and products ----------------------------------------------------------------------
struct CreateClient {
    ClientId id;
    ClientProfile profile;
};
struct ChangeClient {
    ClientId id;
    ClientProfile profile;
};
struct ArchiveClient {
    ClientId id;
    std::string reason;
};
struct UnarchiveClient {
    ClientId id;
    std::string reason;
};
struct CreateProduct {
    ProductId id;
    ProductProfile profile;
};
struct ChangeProduct {
    ProductId id;
    ProductProfile profile;
};
struct ArchiveProduct {
    ProductId id;
    std::string reason;
};
struct UnarchiveProduct {
    ProductId id;
    std::string reason;
};

// ---- invoices ----------------------------------------------------------------------------------
// A discount before its currency is known: exactly one of the two.
struct DiscountInput {
    std::optional<Decimal> percent;
    std::optional<Decimal> amount;
    std::string reason;
    bool operator==(const DiscountInput&) const = default;
};

// Document and lines as written; `net`, `discount_share`, `taxable`, `discount` of document and
// lines in there are ignored: discounts come from the inputs beside, in line order.
struct DocumentInput {
    Document document; // Currency empty = the client's, else the company's. Dates optional.
    std::optional<DiscountInput> discount;
    std::vector<std::optional<DiscountInput>> line_discounts; // One a line.
    bool terms_given = false; // Else the client's, else the company's.
};

struct DraftInvoice {
    InvoiceId id;
    DocumentInput input;
    std::optional<InvoiceId> duplicated_from;
    std::optional<Hash> private_notes;
};
struct ChangeInvoice {
    InvoiceId id;
    DocumentInput input;
    std::optional<Hash> private_notes;
};
struct VoidInvoice {
    InvoiceId id;
    std::string reason;
};
struct IssueInvoice {
    InvoiceId id;
    std::optional<Date> issued_on;     // Else the draft's, else today.
    std::optional<SeriesId> series_id; // Else the first open series for its kind.
};
struct AnnotateInvoice {
    InvoiceId id;
    std::optional<Hash> private_note;
    std::vector<std::string> tags;
};
struct WriteOffInvoice {
    InvoiceId id;
    WriteOffId write_off_id;
    Decimal amount;
    std::optional<Date> on; // Else today.
    WriteOffCause cause = WriteOffCause::bad_debt;
    std::string reason;
};
struct ReverseWriteOff {
    InvoiceId id;
    WriteOffId write_off_id;
    std::optional<Date> on;
    std::string reason;
};

struct CreditLineInput {
    LineItemId line_id;
    std::optional<Decimal> quantity; // At most one of quantity and net; neither = all that is left.
    std::optional<Decimal> net;
};
struct CreditInvoice {
    InvoiceId invoice_id;
    CreditNoteId credit_note_id;
    AllocationId allocation_id; // For what is set against the invoice at once.
    bool all = false;
    std::vector<CreditLineInput> lines;
    CreditKind kind = CreditKind::other;
    std::string reason;
    std::optional<Date> issued_on; // Else today.
};

// ---- credit notes ------------------------------------------------------------------------------
struct AllocateCredit {
    CreditNoteId id;
    AllocationId allocation_id;
    InvoiceId invoice_id;
    Decimal amount;
    std::optional<Date> on;
};
struct UnallocateCredit {
    CreditNoteId id;
    AllocationId allocation_id;
    std::optional<Date> on;
    std::string reason;
};
struct RefundCredit {
    CreditNoteId id;
    RefundId refund_id;
    Decimal amount;
    std::optional<Date> on;
    std::string method;
    std::string reference;
    std::optional<MoneyAccountId> money_account_id;
};
struct ReverseCreditRefund {
    CreditNoteId id;
    RefundId refund_id;
    std::optional<Date> on;
    ReversalCause cause;
    std::string reason;
};

// ---- payments ----------------------------------------------------------------------------------
struct AllocationInput {
    AllocationId id;
    InvoiceId invoice_id;
    Decimal amount;
};
struct RecordPayment {
    PaymentId id;
    std::optional<ClientId> client_id;
    Currency
        currency; // Empty = the first allocated invoice's, else the client's, else the company's.
    Decimal amount;
    std::optional<Date> received_on; // Else today.
    std::string method;
    std::string reference;
    std::string payer;
    std::optional<MoneyAccountId> money_account_id;
    std::vector<AllocationInput> allocations;
    bool third_party = false; // May settle another client's invoice.
};
struct AllocatePayment {
    PaymentId id;
    AllocationInput allocation;
    std::optional<Date> on;
    bool third_party = false;
};
struct UnallocatePayment {
    PaymentId id;
    AllocationId allocation_id;
    std::optional<Date> on;
    std::string reason;
};
struct RefundPayment {
    PaymentId id;
    RefundId refund_id;
    Decimal amount;
    std::optional<Date> on;
    std::string method;
    std::string reference;
    std::optional<MoneyAccountId> money_account_id;
};
struct ReverseRefund {
    PaymentId id;
    RefundId refund_id;
    std::optional<Date> on;
    ReversalCause cause;
    std::string reason;
};
struct ReversePayment {
    PaymentId id;
    std::optional<Date> reversed_on;
    ReversalCause cause = ReversalCause::mistake;
    std::string reason;
    std::optional<Decimal> fee;
};
struct AnnotatePayment {
    PaymentId id;
    std::optional<Hash> private_note;
    std::vector<std::string> tags;
};

// ---- files -------------------------------------------------------------------------------------
struct AttachFile {
    FileId id;
    FileAttached file; // Its bytes are in the blob store already.
};
struct DetachFile {
    FileId id;
    std::string reason;
};

// ---- imports -----------------------------------------------------------------------------------
struct ImportedClient {
    ClientId id;
    ClientProfile profile;
    External external;
};
// Kind of the document decides: invoice or credit note.
struct ImportedDocument {
    Uuid id;
    Imported imported;
    CreditKind credit_kind = CreditKind::other;
    External external;
};
// What is already there by source id and equal in content is skipped; nothing new = no events;
// the same source id with other content is import_conflict, a fault a document.
struct ImportBooks {
    ImportRecorded record;
    std::vector<ImportedClient> clients;
    std::vector<ImportedDocument> documents;
};

// A list that comes back from a spreadsheet: what it says of clients and products, each created or
// changed in the order of its rows. All in one commit; what is so already writes nothing.
using ListedThing = std::variant<CreateClient, ChangeClient, CreateProduct, ChangeProduct>;
struct ListedRow {
    std::uint64_t line = 0; // Of the file, from 1; refusals name it.
    ListedThing thing;
};
struct ImportList {
    ImportRecorded record;
    std::vector<ListedRow> rows;
};

// ---- going back --------------------------------------------------------------------------------
// Ids of credit notes that come of it are counted up from the first.
struct RollBack {
    Revision to = 0;                 // A commit end.
    std::vector<EntityRef> entities; // Empty = all that changed since.
    IssuedPolicy issued = IssuedPolicy::keep;
    std::string reason;
    std::optional<Revision> expected_revision; // The head that the caller looked at.
    Uuid first_id;
};
// A rollback goes back to the commit before it; of any other commit its things do, if nothing that
// came later stands on it.
struct UndoCommit {
    Revision commit = 0; // Any revision in it.
    std::string reason;
    std::optional<Revision> expected_revision;
};

using AnyCommand =
    std::variant<CreateCompany, ChangeCompany, ArchiveCompany, UnarchiveCompany, RetireCompany,
                 ReinstateCompany, ActivateCompany, DefineSeries, ChangeSeries, CloseSeries,
                 DefineTaxRate, RetireTaxRate, DefineTerms, DefineMoneyAccount, RetireMoneyAccount,
                 LockPeriod, UnlockPeriod, CreateClient, ChangeClient, ArchiveClient,
                 UnarchiveClient, CreateProduct, ChangeProduct, ArchiveProduct, UnarchiveProduct,
                 DraftInvoice, ChangeInvoice, VoidInvoice, IssueInvoice, AnnotateInvoice,
                 WriteOffInvoice, ReverseWriteOff, CreditInvoice, AllocateCredit, UnallocateCredit,
                 RefundCredit, ReverseCreditRefund, RecordPayment, AllocatePayment,
                 UnallocatePayment, RefundPayment, ReverseRefund, ReversePayment, AnnotatePayment,
                 ImportBooks, RollBack, UndoCommit, AttachFile, DetachFile, ImportList>;

struct Command : Sum<AnyCommand> {
    using Sum::Sum;
};

// The stable name, as stored in records: "IssueInvoice".
std::string_view name_of(const Command& command);

} // namespace daybook::domain

extern template struct daybook::Sum<daybook::domain::AnyCommand>;
