// An invoice or a credit note: what is written while it is a draft (Document), and what is frozen
// for ever when it is issued (Frozen). An issued document is a fact, whole: replay shows its
// numbers and never computes them again (domain.md 1).
#pragma once

#include "events/calendar.h"
#include "events/identifiers.h"
#include "events/money.h"
#include "events/party.h"

#include <optional>
#include <string>
#include <vector>

namespace daybook {

// EN 16931 categories; unspecified only on imported documents.
BOOST_DEFINE_ENUM_CLASS(TaxCategory, unspecified, S, Z, E, AE, K, G, O)
BOOST_DEFINE_ENUM_CLASS(LineKind, item, text, section)
BOOST_DEFINE_ENUM_CLASS(Nature, unspecified, goods, service)
BOOST_DEFINE_ENUM_CLASS(DocumentKind, invoice, deposit, credit_note)
BOOST_DEFINE_ENUM_CLASS(VatDue, unspecified, issue, delivery, payment)
BOOST_DEFINE_ENUM_CLASS(TaxRounding, per_rate, per_line)

struct Exemption {
    std::string code; // VATEX code, e.g. "VATEX-EU-IC"
    std::string text;

    bool operator==(const Exemption&) const = default;
};
BOOST_DESCRIBE_STRUCT(Exemption, (), (code, text))

struct Tax {
    std::string scheme; // "VAT", "GST", "QST"
    TaxCategory category = TaxCategory::unspecified;
    Decimal rate; // Percent.
    std::string name;
    std::optional<Exemption> exemption;
    std::string compound_on; // Scheme whose amount joins the base; later.

    bool operator==(const Tax&) const = default;
};
BOOST_DESCRIBE_STRUCT(Tax, (), (scheme, category, rate, name, exemption, compound_on))

// Exactly one of percent and amount.
struct Discount {
    std::optional<Decimal> percent;
    std::optional<Amount> amount;
    std::string reason;

    bool operator==(const Discount&) const = default;
};
BOOST_DESCRIBE_STRUCT(Discount, (), (percent, amount, reason))

struct Charge {
    std::string description;
    Amount amount;
    std::vector<Tax> taxes;

    bool operator==(const Charge&) const = default;
};
BOOST_DESCRIBE_STRUCT(Charge, (), (description, amount, taxes))

struct DateRange {
    Date from;
    Date to;

    bool operator==(const DateRange&) const = default;
};
BOOST_DESCRIBE_STRUCT(DateRange, (), (from, to))

struct Line {
    LineItemId id;
    std::uint32_t position = 0; // From 1.
    LineKind kind = LineKind::item;
    std::optional<ProductId> product_id;
    std::string code;
    std::string description;
    Decimal quantity;
    std::string unit;
    std::string unit_code; // UN/ECE recommendation 20
    Decimal unit_price;
    std::optional<Discount> discount;
    Nature nature = Nature::unspecified;
    std::optional<DateRange> period;
    std::string account;
    std::vector<Tax> taxes;
    Amount net;            // After the line's own discount.
    Amount discount_share; // Its part of the document discount.
    Amount taxable;        // The part of its group's tax base.

    bool operator==(const Line&) const = default;
};
BOOST_DESCRIBE_STRUCT(Line, (),
                      (id, position, kind, product_id, code, description, quantity, unit, unit_code,
                       unit_price, discount, nature, period, account, taxes, net, discount_share,
                       taxable))

struct PaymentTerms {
    std::uint32_t days = 0;
    bool end_of_month = false;
    std::string early_discount;
    std::string penalty_rate;
    std::string recovery_fee;
    std::string text;

    bool operator==(const PaymentTerms&) const = default;
};
BOOST_DESCRIBE_STRUCT(PaymentTerms, (),
                      (days, end_of_month, early_discount, penalty_rate, recovery_fee, text))

struct Delivery {
    std::string name;
    Address address;

    bool operator==(const Delivery&) const = default;
};
BOOST_DESCRIBE_STRUCT(Delivery, (), (name, address))

struct PaymentMeans {
    std::string code; // UNTDID 4461
    std::optional<BankAccount> bank;

    bool operator==(const PaymentMeans&) const = default;
};
BOOST_DESCRIBE_STRUCT(PaymentMeans, (), (code, bank))

struct Document {
    DocumentKind kind = DocumentKind::invoice;
    std::optional<ClientId> client_id;
    Currency currency;
    std::string language; // BCP 47
    std::optional<Date> issued_on;
    std::optional<Date> delivered_on;
    std::optional<DateRange> period;
    std::optional<Date> due_on;
    PaymentTerms terms;
    std::string buyer_reference;
    std::string purchase_order;
    std::string contract;
    std::optional<Delivery> delivery;
    bool prices_include_tax = false;
    std::optional<Discount> discount;
    std::vector<Charge> charges;
    std::vector<Line> lines;
    std::string notes; // Printed.
    std::optional<PaymentMeans> payment_means;
    VatDue vat_due = VatDue::unspecified;
    std::string register_id; // Cash register; later.
    std::vector<CustomField> custom;

    bool operator==(const Document&) const = default;
};
BOOST_DESCRIBE_STRUCT(Document, (),
                      (kind, client_id, currency, language, issued_on, delivered_on, period, due_on,
                       terms, buyer_reference, purchase_order, contract, delivery,
                       prices_include_tax, discount, charges, lines, notes, payment_means, vat_due,
                       register_id, custom))

struct TaxRow {
    Tax tax;
    Amount base;
    Amount amount;

    bool operator==(const TaxRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaxRow, (), (tax, base, amount))

struct Totals {
    Amount lines;    // Sum of line nets.
    Amount discount; // Of the document.
    Amount charges;
    Amount net; // Without tax.
    Amount tax;
    Amount total; // With tax.
    Amount prepaid;
    Amount rounding;
    Amount payable; // total - prepaid + rounding

    bool operator==(const Totals&) const = default;
};
BOOST_DESCRIBE_STRUCT(Totals, (),
                      (lines, discount, charges, net, tax, total, prepaid, rounding, payable))

// A document this one follows or settles.
struct Preceding {
    Uuid id;
    std::string number;
    std::optional<Date> issued_on;
    Amount total;
    std::vector<TaxRow> taxes;

    bool operator==(const Preceding&) const = default;
};
BOOST_DESCRIBE_STRUCT(Preceding, (), (id, number, issued_on, total, taxes))

struct Exchange {
    Currency from;
    Currency to;
    Decimal rate;
    Date on;
    std::string source;

    bool operator==(const Exchange&) const = default;
};
BOOST_DESCRIBE_STRUCT(Exchange, (), (from, to, rate, on, source))

struct LegalText {
    std::string code;
    std::string language;
    std::string text;

    bool operator==(const LegalText&) const = default;
};
BOOST_DESCRIBE_STRUCT(LegalText, (), (code, language, text))

// Which rules made the numbers, so that a verifier can make them again.
struct Calculation {
    std::uint32_t rules = 1;
    TaxRounding tax_rounding = TaxRounding::per_rate;

    bool operator==(const Calculation&) const = default;
};
BOOST_DESCRIBE_STRUCT(Calculation, (), (rules, tax_rounding))

struct Frozen {
    Document document;
    std::optional<SeriesId> series_id; // None on imported documents.
    std::string series_period;         // "2026"
    std::uint64_t sequence = 0;
    std::string number;
    Party seller;
    std::optional<Party> buyer;
    std::vector<TaxRow> taxes;
    Totals totals;
    std::vector<Preceding> deposits;
    std::vector<Preceding> preceding;
    std::optional<Exchange> exchange;
    std::optional<Amount> tax_in_company_currency;
    std::vector<LegalText> legal_texts;
    Calculation calculation;
    std::string origin; // "issued", or the system it was imported from.
    bool declared_elsewhere = false;

    bool operator==(const Frozen&) const = default;
};
BOOST_DESCRIBE_STRUCT(Frozen, (),
                      (document, series_id, series_period, sequence, number, seller, buyer, taxes,
                       totals, deposits, preceding, exchange, tax_in_company_currency, legal_texts,
                       calculation, origin, declared_elsewhere))

struct Allocation {
    AllocationId id;
    InvoiceId invoice_id;
    Amount amount;      // In the invoice's currency.
    Amount paid_amount; // In the payment's.
    std::optional<Decimal> rate;
    Amount rounding; // Cash rounding; later.
    Date on;

    bool operator==(const Allocation&) const = default;
};
BOOST_DESCRIBE_STRUCT(Allocation, (), (id, invoice_id, amount, paid_amount, rate, rounding, on))

struct Refund {
    RefundId id;
    Amount amount;
    Date on;
    std::string method;
    std::optional<MoneyAccountId> money_account_id;
    std::string reference;
    std::optional<Exchange> exchange;

    bool operator==(const Refund&) const = default;
};
BOOST_DESCRIBE_STRUCT(Refund, (), (id, amount, on, method, money_account_id, reference, exchange))

// A stated amount of an imported document that our arithmetic would not have made.
struct Difference {
    std::string field;
    std::string stated;
    std::string computed;

    bool operator==(const Difference&) const = default;
};
BOOST_DESCRIBE_STRUCT(Difference, (), (field, stated, computed))

} // namespace daybook
