// Layer 3, the numbers: what each thing adds to its company's totals and to its client's balance.
// They form groups under addition: a commit subtracts what a thing was and adds what it is, in any
// order, and a company that lost everything is exactly zero again. Sums have 128 bits.
#pragma once

#include "events/money.h"
#include "projections/snapshot.h"

#include <map>
#include <string>

namespace daybook::projections {

struct Counts {
    std::int64_t clients = 0;
    std::int64_t products = 0;
    std::int64_t drafts = 0;
    std::int64_t issued = 0;
    std::int64_t credit_notes = 0;
    std::int64_t payments = 0;

    Counts& operator+=(const Counts& other);
    Counts operator-() const;
    bool operator==(const Counts&) const = default;
};
BOOST_DESCRIBE_STRUCT(Counts, (), (clients, products, drafts, issued, credit_notes, payments))

// A month as a number: 12 × year + month − 1.
using MonthNumber = std::int32_t;
MonthNumber month_of(Date date);
Date first_day(MonthNumber month);

struct Balance {
    Wide due = 0;
    Wide credit_open = 0;
    Wide unallocated = 0;
    std::int64_t open_invoices = 0;
    // What is due, by the month it is due in: overdue is the sum of the months gone by and of the
    // open invoices of this one. By day it would be exact at once, and a row of a thousand days
    // would be written with every invoice.
    std::map<MonthNumber, Wide> due_by_month;

    Balance& operator+=(const Balance& other);
    Balance operator-() const;
    bool operator==(const Balance&) const = default;
};

struct CompanyTotals {
    Counts counts;
    std::map<std::string, Balance> balances; // By currency.

    CompanyTotals& operator+=(const CompanyTotals& other);
    CompanyTotals operator-() const;
    bool operator==(const CompanyTotals&) const = default;
};

// Of months before that of `today`.
Wide due_in_past_months(const Balance& balance, Date today);

std::string encode(const Balance& balance);
Result<Balance> decode_balance(std::string_view bytes);
std::string encode(const CompanyTotals& totals);
Result<CompanyTotals> decode_totals(std::string_view bytes);

// "-1234.50": exact, with the currency's digits, or 2 where it is unknown.
std::string to_text(Wide minor, const Currency& currency);

} // namespace daybook::projections
