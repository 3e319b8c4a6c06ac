// What happens to clients, products, invoices, credit notes and payments.
#pragma once

#include "events/document.h"

namespace daybook {

BOOST_DEFINE_ENUM_CLASS(PriceSide, without_tax, with_tax)
BOOST_DEFINE_ENUM_CLASS(CreditKind, cancellation, return_of_goods, price_reduction, other)
BOOST_DEFINE_ENUM_CLASS(WriteOffCause, bad_debt, rounding, goodwill)
BOOST_DEFINE_ENUM_CLASS(ReversalCause, mistake, bounced, chargeback)

// ---- clients ---------------------------------------------------------------------------------

struct ClientProfile {
    Party party;
    Currency currency;
    std::string language;
    PaymentTerms terms;
    bool has_terms = false; // Else the company's default terms hold.
    std::vector<Delivery> delivery_addresses;
    std::optional<Hash> contacts; // Blob: persons, e-mail, telephone.
    std::vector<Tax> tax_default;
    std::optional<Amount> credit_limit;
    std::optional<Hash> private_notes; // Blob.
    std::vector<CustomField> custom;

    bool operator==(const ClientProfile&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClientProfile, (),
                      (party, currency, language, terms, has_terms, delivery_addresses, contacts,
                       tax_default, credit_limit, private_notes, custom))

struct ClientCreated {
    ClientProfile profile;
    bool operator==(const ClientCreated&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClientCreated, (), (profile))

struct ClientChanged {
    ClientProfile profile; // Full new values.
    std::vector<std::string> changed;
    bool operator==(const ClientChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClientChanged, (), (profile, changed))

struct ClientArchived {
    std::string reason;
    bool operator==(const ClientArchived&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClientArchived, (), (reason))

struct ClientUnarchived {
    std::string reason;
    bool operator==(const ClientUnarchived&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClientUnarchived, (), (reason))

struct ClientsMerged {
    ClientId merged_into;
    bool operator==(const ClientsMerged&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClientsMerged, (), (merged_into))

// ---- products --------------------------------------------------------------------------------

struct LocalName {
    std::string language;
    std::string name;
    bool operator==(const LocalName&) const = default;
};
BOOST_DESCRIBE_STRUCT(LocalName, (), (language, name))

struct Price {
    Currency currency;
    Decimal amount;
    PriceSide side = PriceSide::without_tax;
    bool operator==(const Price&) const = default;
};
BOOST_DESCRIBE_STRUCT(Price, (), (currency, amount, side))

struct ProductProfile {
    std::string code;
    std::vector<LocalName> names; // The first is the company's own language.
    std::string description;
    std::string unit;
    std::string unit_code;
    std::vector<Price> prices;
    std::vector<Tax> taxes;
    Nature nature = Nature::unspecified;
    std::string account;
    std::vector<CustomField> custom;

    bool operator==(const ProductProfile&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProductProfile, (),
                      (code, names, description, unit, unit_code, prices, taxes, nature, account,
                       custom))

struct ProductCreated {
    ProductProfile profile;
    bool operator==(const ProductCreated&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProductCreated, (), (profile))

struct ProductChanged {
    ProductProfile profile;
    std::vector<std::string> changed;
    bool operator==(const ProductChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProductChanged, (), (profile, changed))

struct ProductArchived {
    std::string reason;
    bool operator==(const ProductArchived&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProductArchived, (), (reason))

struct ProductUnarchived {
    std::string reason;
    bool operator==(const ProductUnarchived&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProductUnarchived, (), (reason))

// ---- invoices --------------------------------------------------------------------------------

struct InvoiceDrafted {
    Document document; // Whole, not a patch.
    std::optional<InvoiceId> duplicated_from;
    std::optional<Hash> private_notes; // Blob.
    bool operator==(const InvoiceDrafted&) const = default;
};
BOOST_DESCRIBE_STRUCT(InvoiceDrafted, (), (document, duplicated_from, private_notes))

struct InvoiceChanged {
    Document document;
    std::optional<Hash> private_notes;
    bool operator==(const InvoiceChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(InvoiceChanged, (), (document, private_notes))

struct InvoiceVoided {
    std::string reason;
    bool operator==(const InvoiceVoided&) const = default;
};
BOOST_DESCRIBE_STRUCT(InvoiceVoided, (), (reason))

struct InvoiceIssued {
    Frozen frozen;
    bool operator==(const InvoiceIssued&) const = default;
};
BOOST_DESCRIBE_STRUCT(InvoiceIssued, (), (frozen))

// Stated amounts are facts; ours stand beside (domain.md 1).
struct Imported {
    Frozen frozen; // As stated.
    Totals computed;
    std::vector<Difference> differences;
    std::string stated_status;
    std::optional<Hash> original_file;
    bool operator==(const Imported&) const = default;
};
BOOST_DESCRIBE_STRUCT(Imported, (), (frozen, computed, differences, stated_status, original_file))

struct InvoiceImported {
    Imported imported;
    bool operator==(const InvoiceImported&) const = default;
};
BOOST_DESCRIBE_STRUCT(InvoiceImported, (), (imported))

struct InvoiceAnnotated {
    std::optional<Hash> private_note; // Blob.
    std::vector<std::string> tags;
    bool operator==(const InvoiceAnnotated&) const = default;
};
BOOST_DESCRIBE_STRUCT(InvoiceAnnotated, (), (private_note, tags))

struct WriteOff {
    WriteOffId id;
    Amount amount;
    Date on;
    WriteOffCause cause = WriteOffCause::bad_debt;
    std::vector<TaxRow> tax_adjustment;
    std::optional<Amount> company_currency_amount;
    bool operator==(const WriteOff&) const = default;
};
BOOST_DESCRIBE_STRUCT(WriteOff, (),
                      (id, amount, on, cause, tax_adjustment, company_currency_amount))

struct InvoiceWrittenOff {
    WriteOff write_off;
    bool operator==(const InvoiceWrittenOff&) const = default;
};
BOOST_DESCRIBE_STRUCT(InvoiceWrittenOff, (), (write_off))

struct WriteOffReversed {
    WriteOffId write_off_id;
    Date on;
    bool operator==(const WriteOffReversed&) const = default;
};
BOOST_DESCRIBE_STRUCT(WriteOffReversed, (), (write_off_id, on))

// ---- credit notes ----------------------------------------------------------------------------

struct CreditedLine {
    LineItemId line_id;
    Decimal quantity;
    Amount net;
    Amount share; // Its part of the document discount.
    std::vector<TaxRow> taxes;
    bool operator==(const CreditedLine&) const = default;
};
BOOST_DESCRIBE_STRUCT(CreditedLine, (), (line_id, quantity, net, share, taxes))

struct CreditedInvoice {
    std::optional<InvoiceId> invoice_id;
    std::string number;
    std::optional<Date> issued_on;
    std::vector<CreditedLine> lines;
    bool operator==(const CreditedInvoice&) const = default;
};
BOOST_DESCRIBE_STRUCT(CreditedInvoice, (), (invoice_id, number, issued_on, lines))

struct CreditNoteIssued {
    Frozen frozen;
    std::vector<CreditedInvoice> credits;
    CreditKind credit_kind = CreditKind::other;
    bool tax_recovered = true;
    bool operator==(const CreditNoteIssued&) const = default;
};
BOOST_DESCRIBE_STRUCT(CreditNoteIssued, (), (frozen, credits, credit_kind, tax_recovered))

struct CreditNoteImported {
    Imported imported;
    std::vector<CreditedInvoice> credits;
    CreditKind credit_kind = CreditKind::other;
    bool tax_recovered = true;
    bool operator==(const CreditNoteImported&) const = default;
};
BOOST_DESCRIBE_STRUCT(CreditNoteImported, (), (imported, credits, credit_kind, tax_recovered))

struct CreditAllocated {
    Allocation allocation;
    bool operator==(const CreditAllocated&) const = default;
};
BOOST_DESCRIBE_STRUCT(CreditAllocated, (), (allocation))

struct CreditUnallocated {
    AllocationId allocation_id;
    Date on;
    bool operator==(const CreditUnallocated&) const = default;
};
BOOST_DESCRIBE_STRUCT(CreditUnallocated, (), (allocation_id, on))

struct CreditRefunded {
    Refund refund;
    bool operator==(const CreditRefunded&) const = default;
};
BOOST_DESCRIBE_STRUCT(CreditRefunded, (), (refund))

struct CreditRefundReversed {
    RefundId refund_id;
    Date on;
    ReversalCause cause = ReversalCause::mistake;
    bool operator==(const CreditRefundReversed&) const = default;
};
BOOST_DESCRIBE_STRUCT(CreditRefundReversed, (), (refund_id, on, cause))

// ---- payments --------------------------------------------------------------------------------

struct Receipt {
    std::string number;
    std::optional<ClientId> client_id;
    std::string payer;
    Currency currency;
    Amount amount;
    Date received_on;
    std::string method;
    std::optional<MoneyAccountId> money_account_id;
    std::string reference;
    std::optional<Amount> fee;
    std::optional<Exchange> exchange;
    std::string register_id;
    std::vector<Allocation> allocations;
    std::vector<CustomField> custom;

    bool operator==(const Receipt&) const = default;
};
BOOST_DESCRIBE_STRUCT(Receipt, (),
                      (number, client_id, payer, currency, amount, received_on, method,
                       money_account_id, reference, fee, exchange, register_id, allocations,
                       custom))

struct PaymentRecorded {
    Receipt receipt;
    bool operator==(const PaymentRecorded&) const = default;
};
BOOST_DESCRIBE_STRUCT(PaymentRecorded, (), (receipt))

struct PaymentImported {
    Receipt receipt;
    std::vector<Difference> differences;
    bool operator==(const PaymentImported&) const = default;
};
BOOST_DESCRIBE_STRUCT(PaymentImported, (), (receipt, differences))

struct PaymentAllocated {
    Allocation allocation;
    bool operator==(const PaymentAllocated&) const = default;
};
BOOST_DESCRIBE_STRUCT(PaymentAllocated, (), (allocation))

struct PaymentUnallocated {
    AllocationId allocation_id;
    Date on;
    bool operator==(const PaymentUnallocated&) const = default;
};
BOOST_DESCRIBE_STRUCT(PaymentUnallocated, (), (allocation_id, on))

struct PaymentRefunded {
    Refund refund;
    bool operator==(const PaymentRefunded&) const = default;
};
BOOST_DESCRIBE_STRUCT(PaymentRefunded, (), (refund))

struct RefundReversed {
    RefundId refund_id;
    Date on;
    ReversalCause cause = ReversalCause::mistake;
    bool operator==(const RefundReversed&) const = default;
};
BOOST_DESCRIBE_STRUCT(RefundReversed, (), (refund_id, on, cause))

struct PaymentReversed {
    Date reversed_on;
    ReversalCause cause = ReversalCause::mistake;
    std::optional<Amount> fee;
    std::vector<Allocation> ended;
    bool operator==(const PaymentReversed&) const = default;
};
BOOST_DESCRIBE_STRUCT(PaymentReversed, (), (reversed_on, cause, fee, ended))

struct PaymentAnnotated {
    std::optional<Hash> private_note;
    std::vector<std::string> tags;
    bool operator==(const PaymentAnnotated&) const = default;
};
BOOST_DESCRIBE_STRUCT(PaymentAnnotated, (), (private_note, tags))

} // namespace daybook
